import net from 'node:net';

/** Stands between Strapi and its database server, so that the server can be stopped for Strapi alone. */
export const databaseProxy = async (port: number) => {
  const sockets = new Set<net.Socket>();
  let open = true;
  const server = net.createServer((client) => {
    if (!open) return void client.destroy();
    const upstream = net.connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => {}));
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    stop: () => {
      open = false;
      for (const socket of sockets) socket.destroy();
    },
    start: () => void (open = true),
    close: () => void server.close(),
  };
};
