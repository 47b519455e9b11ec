import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";

/** The peer in Node: a room a role and session, and each frame goes to the other role's. Prints its port. */
const http = createServer();
const server = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
server.on("connection", (socket) => {
  const { session, role } = socket.handshake.query;
  const other = role === "worker" ? "client" : "worker";
  void socket.join(`${session}:${role}`);
  socket.on("frame", (frame) => server.to(`${session}:${other}`).emit("frame", frame));
});
http.listen(0, "127.0.0.1", () => console.log((http.address() as AddressInfo).port));
