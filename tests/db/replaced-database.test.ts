import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatabase, SCREEN_LIMITS } from '@/db/client'
import { isAway } from '@/db/errors'
import { queryOne } from '@/db/sql'
import { openStableAddress, type StableAddress } from '../chaos/support/databases/stable-address'
import { promote, type ReplicatedServer, startPrimary, startStandby } from '../support/database/replicated-server'

let primary: ReplicatedServer
let standby: ReplicatedServer
let address: StableAddress
beforeAll(async () => {
  primary = await startPrimary()
  standby = await startStandby(primary, 'next')
  address = await openStableAddress()
  address.leadTo(primary.port)
})
afterAll(async () => {
  await address.close()
  await standby.remove()
  await primary.remove()
})

it('ends what waits for a server once another answers in its place, however patient it is', async () => {
  const database = createDatabase(address.urlOf(primary.urlOf('postgres')), {
    limits: SCREEN_LIMITS,
    watch: { everyMs: 20, patienceMs: 3_600_000 },
  })
  try {
    const waits = queryOne(database.sql)`SELECT pg_sleep(25)`.then(
      () => 'answered',
      (error: unknown) => (isAway(error) ? 'ended' : 'refused'),
    )
    await promote(standby)
    address.leadTo(standby.port)
    // The connection that looks is one of many, and not always the one that hears nothing: here it alone has ended.
    const endWhatLooks = () =>
      primary.ask(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_postmaster_start_time%' AND pid <> pg_backend_pid()",
      )
    await expect.poll(endWhatLooks).toHaveLength(1)
    expect(await waits).toBe('ended')
    expect(await queryOne(database.sql)`SELECT 1 AS one`).toEqual({ one: 1 })
  } finally {
    await database.close()
  }
})
