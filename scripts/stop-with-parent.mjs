// Preloaded into the server by run.mjs: when run.mjs dies (even by kill -9) the server stops as on SIGTERM, instead of
// living on unseen and holding the port.
if (process.channel) {
  process.on('disconnect', () => {
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143);
  });
  process.channel.unref();
}
