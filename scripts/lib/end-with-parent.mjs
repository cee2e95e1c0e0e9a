// Loaded before a supervised process: when the supervisor is killed without a chance to stop its children, the channel
// to it breaks and the child stops by itself, as if asked to. No process is left that nobody looks after.
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}
