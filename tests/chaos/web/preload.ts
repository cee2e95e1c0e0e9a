import { monitorEventLoopDelay } from 'node:perf_hooks'
import { stayOnLoopback } from '../support/on-loopback'

/** Asks for the longest time in which nothing else could run, since it was asked last. */
export type ToWeb = 'stall'
export type FromWeb = { stallMs: number }

stayOnLoopback()

// Its own timer is due every so many milliseconds, which is no delay.
const RESOLUTION_MS = 5
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
delay.enable()
process.on('message', (message: ToWeb) => {
  if (message !== 'stall') return
  process.send?.({ stallMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS) } satisfies FromWeb)
  delay.reset()
})
process.on('disconnect', () => process.exit(0))
