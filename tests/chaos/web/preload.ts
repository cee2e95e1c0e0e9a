import { stayOnLoopback } from '../support/on-loopback'
import { type Stall, watchStalls } from './stalls'

/** Asks, by a number, for the longest stall since it was asked last. */
export type ToWeb = { ask: number }
export type FromWeb = { asked: number; stall: Stall }

stayOnLoopback()

const { longest } = watchStalls()
process.on('message', ({ ask }: ToWeb) => {
  process.send?.({ asked: ask, stall: longest() } satisfies FromWeb)
})
process.on('disconnect', () => process.exit(0))
