/**
 * Codes that clkhash itself makes: its own code (github.com/data61/clkhash, version 0.18.2, commit 8e46f9f; copyright CSIRO's Data61,
 * Apache License 2.0) was run on these made-up records, with the salt and info of its published schema
 * (`tests/testdata/good-schema-v3.json`). They hold the order of keys, both hashes, the three ways of comparing, the shares of bits and
 * folding to account at once.
 */
import type { Feature } from "./schema.ts";

export const SALT = "SCbL2zHNnmsckfzchsNkZY9XoHk96P/G5nUBrM7ybymlEFsMV6PAeDZCNp3rfNUPCtLDMOGQHG4pCQpfhiHCyA==";
export const INFO = "c2NoZW1hX2V4YW1wbGU=";
export const SECRET = "secret";

export const FEATURES: readonly Feature[] = [
  {
    identifier: "id",
    ignored: true,
  },
  {
    identifier: "forename",
    hashing: {
      comparison: {
        type: "ngram",
        n: 2,
      },
      strategy: {
        bitsPerFeature: 50,
      },
      hash: {
        type: "doubleHash",
      },
    },
  },
  {
    identifier: "surname",
    hashing: {
      comparison: {
        type: "ngram",
        n: 3,
        positional: true,
      },
      strategy: {
        bitsPerToken: 40,
      },
      hash: {
        type: "blakeHash",
      },
    },
  },
  {
    identifier: "sex",
    hashing: {
      comparison: {
        type: "exact",
      },
      strategy: {
        bitsPerFeature: 20,
      },
    },
  },
  {
    identifier: "postcode",
    hashing: {
      comparison: {
        type: "ngram",
        n: 1,
        positional: true,
      },
      strategy: {
        bitsPerFeature: 60,
      },
      hash: {
        type: "doubleHash",
        prevent_singularity: true,
      },
    },
  },
  {
    identifier: "age",
    hashing: {
      comparison: {
        type: "numeric",
        thresholdDistance: 8,
        resolution: 2,
      },
      strategy: {
        bitsPerToken: 10,
      },
    },
  },
  {
    identifier: "income",
    hashing: {
      comparison: {
        type: "numeric",
        thresholdDistance: 100.5,
        resolution: 7,
        fractional_precision: 2,
      },
      strategy: {
        bitsPerFeature: 33,
      },
    },
  },
];

/** One cell for each feature. */
export const ROWS = [
  ["1", "anna", "ap rhys", "f", "m65pw", "25", "100.25"],
  ["2", "zoe", "o brien", "m", "sk11aa", "26", "-7.125"],
  ["3", "j", "li", "", "", "0", "99999.99"],
  ["4", "бо", "𐐷en", "x", "1", "-3", "1"],
];

export const VECTORS = [
  {
    hash: "SHA256",
    keySize: 64,
    l: 256,
    folds: 1,
    codes: [
      "XkUO7Y7vgyRZLYQXLQEHoppoQsvIOEgRzAho71AQE1U=",
      "lPDMH5wkGBW/jzonJAagg+44gBMmjqgnJ4JBigtB09w=",
      "y3z99fyED1YRDlKwbBfCuazzi0SygvQVjj+ElZ6fTb8=",
      "YLyjegIpXz4a+J+T1XsfJ9Ycw5+PKY0IN0rOAM/FwBY=",
    ],
  },
  {
    hash: "SHA512",
    keySize: 32,
    l: 1024,
    folds: 0,
    codes: [
      "b3CQOpbBtUMgFsw4iV6Bk8yV0AvmCrqFhEs4YwwTFELYNSHAfjDdKBQlJ4pdh5qXyAWeAgcJViDSReKiyQLlgAwX1Nt5OpGNEFB/ASEbDf1C0SinGgQW5kw6Cz6A80CTYbM4DQ/sLYk/ITcZsWK3OSOsPFWCaKCSzMR/IgwgqtI=",
      "4CVM22eWHwaIGnj5oYLnYYXHGEKmmGLhUGMzGxBzdD6J9opE28RQNWYIt7kXo8Mdehk+kITMr+SwAQixAEMhIVMxLiRA/EgoEWFSFIgyEgWn11UNBtxS5lzLEXBSy0Z586koNBPMu6SRyISSa2ujhql8BpdKswCeLUn2CHBVBDA=",
      "gJRzJqIoYCACoACFAHUVNAKAAgSoBAjICICEEUFIgDBDEoVEXUBFRAARSAAADgjAgiADGGGwAQBUEhJEZKiAAQAWSIy4gAEClIgkAAABADeAVpkGCzSBAgKCCEmAI4DAIYQ9cXEApAE/QlCCGEBgFJIAECDppACAERKASQEEMRA=",
      "NIMUTvQJQAoUDAQCvNwjVg0AEhS0gFgBVS6gBAxEIgBEcnsJfVYYABQQgJo2iYAMNLK4FoQpllAcFkJSjEIIAQZWRCAvifpEdIA1EEQGSEEnXCgJD4QQCC8BID0WIdBoNgwFhVxIIBguBKOHDIkAEFVrSGEEB4CAjRPKQgQTIkQ=",
    ],
  },
  {
    hash: "SHA256",
    keySize: 64,
    l: 128,
    folds: 3,
    codes: [
      "zv3kftZTGL++CCTbBy/0tg==",
      "tonUpLExNzKYDON+Xy+CXw==",
      "pod3JQ4G+UPaNZa1eqgOFg==",
      "vCNwTaXr0zKJtEcDCjPVOw==",
    ],
  },
] as const;
