/** A server that says it is an old PostgreSQL and can do nothing else: enough of its protocol (version 3) for that. */
import { createServer, type Socket } from "node:net";

export type OldServer = { readonly port: number; readonly close: () => void };

const QUERY = "Q".charCodeAt(0);

export function openOldServer(version: string): Promise<OldServer> {
  const server = createServer((socket) => {
    let greeted = false;
    socket.on("error", () => socket.destroy());
    socket.on("data", (piece) => {
      if (!greeted) greet(socket, version);
      else if (piece[0] === QUERY) answer(socket, version);
      else socket.end();
      greeted = true;
    });
  });
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      resolve({ port, close: () => server.close() });
    }),
  );
}

function greet(socket: Socket, version: string): void {
  const welcome = message("R", number(0, 4));
  socket.write(
    Buffer.concat([welcome, message("S", words("server_version", version)), message("Z", Buffer.from("I"))]),
  );
}

function answer(socket: Socket, version: string): void {
  const text = 25;
  const column = [words("server_version"), number(0, 4), number(0, 2), number(text, 4), number(-1, 2)];
  const heading = Buffer.concat([number(1, 2), ...column, number(-1, 4), number(0, 2)]);
  const row = Buffer.concat([number(1, 2), number(version.length, 4), Buffer.from(version)]);
  const end = [message("C", words("SHOW")), message("Z", Buffer.from("I"))];
  socket.write(Buffer.concat([message("T", heading), message("D", row), ...end]));
}

/** A letter, the length with its own four bytes, the body. */
function message(kind: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(kind), number(body.length + 4, 4), body]);
}

function words(...texts: readonly string[]): Buffer {
  return Buffer.from(texts.map((text) => `${text}\0`).join(""));
}

function number(value: number, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeIntBE(value, 0, bytes);
  return buffer;
}
