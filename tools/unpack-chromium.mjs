/**
 * Unpacks the browser of @sparticuz/chromium into TMPDIR and prints where it is. It runs as a program of its own because
 * importing that package changes where every later child process looks for its libraries, the database included.
 */
process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x";
const { default: chromium } = await import("@sparticuz/chromium");
process.stdout.write(await chromium.executablePath());
