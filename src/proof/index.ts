export { type Head, readHead } from "./bundle-chain.ts";
export { wordsOfFault } from "./bundle-fault.ts";
export { type BundleAnswer, verifyBundleFile } from "./bundle-file.ts";
export { type BundleTaken, takeBundle } from "./bundle-take.ts";
export { showHeads } from "./heads.ts";
