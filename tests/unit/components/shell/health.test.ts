import { describe, expect, it } from 'vitest'
import { agedHealth, describeHealth, type Health } from '@/components/shell/health'

const box = { id: 'm1', name: 'Sales', kind: 'smtp', health: 'ready' as const, tested: true }
const health: Health = {
  status: 'ok',
  database: { ok: true },
  worker: { ok: true, workers: 1, seenAt: null },
  queue: { ok: true, waiting: 0, active: 0, failing: 0 },
  mailboxes: [box],
  mode: 'live',
  clock: { now: '2026-11-23T10:00:00Z', simulated: false, speed: 1 },
}

describe('the box of health', () => {
  it('calls a mailbox ready only once it was tested', () => {
    expect(describeHealth(health)).toMatchObject({
      tone: 'sent',
      text: 'Emails go out. Worker alive, 1 mailbox ready.',
    })
    expect(describeHealth({ ...health, mailboxes: [box, { ...box, id: 'm2', tested: false }] })).toMatchObject({
      tone: 'held',
      text: 'Emails go out. 1 of 2 mailboxes not tested yet.',
    })
  })

  it('says what to do where no worker is alive', () => {
    const dead = { ...health, worker: { ok: false, workers: 0, seenAt: null } }
    expect(describeHealth(dead).text).toContain('No worker is alive: npm start.')
  })

  it('says what is to be known about the clock', () => {
    const notice = 'The clock jumped 2 hours ahead, to 2026-11-23T10:00:00.000Z. Emails leave by the new time.'
    const jumped = describeHealth({ ...health, clock: { ...health.clock, notices: [notice] } })
    expect(jumped).toMatchObject({ tone: 'held', text: `Emails go out. ${notice}` })
  })

  it('ages, as the figures of a campaign do', () => {
    const well = describeHealth(health)
    expect(agedHealth(well, { updatedAt: 100_000, now: 115_000, isTold: false })).toEqual(well)
    expect(agedHealth(well, { updatedAt: 100_000, now: 159_000, isTold: false })).toMatchObject({
      tone: 'held',
      text: `As of 59 s ago: ${well.text}`,
    })
  })

  it('is as young as the last word that nothing of it has changed', () => {
    const well = describeHealth(health)
    expect(agedHealth(well, { updatedAt: 100_000, now: 159_000, isTold: true })).toEqual(well)
  })
})
