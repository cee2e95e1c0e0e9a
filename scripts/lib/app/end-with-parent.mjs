// Loaded before a supervised process: when the supervisor is killed without a chance to stop its children, the channel
// to it breaks and the child stops by itself, as after a signal. No process is left without a supervisor. A process
// that the child forks inherits this file, but has its own channel, to the child: not for us to touch.
if (process.channel && process.env.SUPERVISOR_PID === String(process.ppid)) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}
