import { registerHooks } from 'node:module'

// Next's own marker of what must not reach the browser; only its bundler knows the bare name.
const NO_MARKER = 'next/dist/compiled/server-only/empty.js'
registerHooks({ resolve: (name, context, next) => next(name === 'server-only' ? NO_MARKER : name, context) })

// The web process without Next: the same dependencies, routes and front door, and none of the pages. For short runs, which
// must not wait for a build.
const [{ openDeps }, { env }, { createRouteServer }] = await Promise.all([
  import('@/server/deps'),
  import('@/env'),
  import('../../support/servers/route-server'),
])
await openDeps()
const url = `http://127.0.0.1:${env.PORT}`
const server = await createRouteServer({ url, appUrl: env.APP_URL, proxies: process.env.TRUSTED_PROXIES ?? '' })
server.listen(env.PORT, '127.0.0.1')
