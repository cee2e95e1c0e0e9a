import { setTimeout as sleep } from 'node:timers/promises'
import { GATE_TIMEOUT_MS } from '@/db/send-gate'
import { migrate } from '../../../../scripts/lib/database/migrations'
import {
  promote,
  type ReplicatedServer,
  startPrimary,
  startStandby,
  waitForStandby,
} from '../../../support/database/replicated-server'
import { openStableAddress } from './stable-address'

// A primary that comes back does not know that another has taken its place.
const BACK_MS = 1_000

/** How a primary is lost: all of its processes end, and so do its connections; or it falls silent, and none of them does. */
export type Loss = 'killed' | 'silent'

export type FailingPair = Awaited<ReturnType<typeof openFailingPair>>

/**
 * A migrated primary with a synchronous standby, behind an address that stays. `lose` takes the primary away and lets the standby take
 * its place; `rebuild` puts an end to the old one and gives the new one a standby.
 */
export async function openFailingPair({ deadline }: { deadline: number }) {
  // So long nobody takes a silent primary's place: a sender that has passed its gate begins nothing after that.
  const silentMs = Math.min(GATE_TIMEOUT_MS, deadline * 1_000) / 2
  const address = await openStableAddress()
  let generation = 1
  const nextName = () => `standby${generation++}`
  let primary = await startPrimary()
  await primary.ask('CREATE DATABASE chaos')
  await migrate(primary.urlOf('chaos'))
  let standby = await follow(primary, nextName())
  let lost: ReplicatedServer | undefined
  address.leadTo(primary.port)
  return {
    url: address.urlOf(primary.urlOf('chaos')),
    lose: async (how: Loss) => {
      lost = primary
      if (how === 'killed') {
        address.leadTo(null)
        await primary.kill()
      } else {
        primary.freeze()
        address.fallSilent()
        await sleep(silentMs)
      }
      await promote(standby)
      // Until it has a standby of its own it goes on alone.
      await waitForStandby(standby, null)
      primary = standby
      address.leadTo(primary.port)
    },
    rebuild: async () => {
      lost?.thaw()
      await sleep(BACK_MS)
      await lost?.remove()
      address.endSilent()
      lost = undefined
      standby = await follow(primary, nextName())
    },
    stop: async () => {
      await address.close()
      for (const server of new Set([lost, standby, primary])) await server?.remove()
    },
  }
}

async function follow(primary: ReplicatedServer, name: string): Promise<ReplicatedServer> {
  const standby = await startStandby(primary, name)
  await waitForStandby(primary, name)
  return standby
}
