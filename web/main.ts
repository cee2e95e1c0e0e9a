import { createServer } from 'node:http'
import next from 'next'
import { env } from '@/env'
import { openFrontDoor } from '@/server/http/front-door'

// Requests under way get this long to end before the process does.
const STOP_TIMEOUT_MS = 3_000

// The web process: Next's own server with a front door before it.
const development = env.NODE_ENV === 'development'
// An error that is logged would have the maps of the build read, for hundreds of milliseconds in which nobody is answered; any
// stranger can cause one. The log names places of the build instead.
if (!development) process.setSourceMapsEnabled(false)
const server = createServer()
const app = next({ dev: development, hostname: env.HOST, port: env.PORT, httpServer: server })
await app.prepare()
const handle = app.getRequestHandler()
server.on(
  'request',
  openFrontDoor({ appUrl: env.APP_URL, trustedProxies: env.TRUSTED_PROXIES, development }, (request, response) => {
    void handle(request, response)
  }),
)
// Next takes every error that nobody has taken, and the process would stay without serving anybody.
server.once('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
server.listen(env.PORT, env.HOST)

function stop(): void {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
  setTimeout(() => process.exit(0), STOP_TIMEOUT_MS).unref()
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
