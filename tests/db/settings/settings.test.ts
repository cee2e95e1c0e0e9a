import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsRouter } from '@/server/api/routers/settings'
import { createCallerFactory, createRouter } from '@/server/api/trpc'
import { getSettings } from '@/use-cases/settings/get-settings'
import { updateSettings } from '@/use-cases/settings/update-settings'
import { createEngine, type Engine } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

describe('the settings of an installation', () => {
  it('are there from the start, with the defaults of a new one', async () => {
    const { companyName: _company, postalAddress: _address, updatedAt: _at, ...rest } = await getSettings(engine.deps)
    expect(rest).toEqual({
      defaultTimezone: 'UTC',
      maxAttempts: 3,
      heldResolveAfterHours: 72,
      heldResolution: 'delivered',
      awayDays: 7,
      freshReadMinutes: 15,
      auditDays: 400,
      sentTextDays: null,
      conversationTextDays: null,
      historyDays: null,
      requestDays: 365,
      sandboxDays: null,
      sessionDays: 90,
      checklistDismissedAt: null,
    })
  })

  it('change where they are given and stay where they are not, and answer as they are then', async () => {
    const before = await getSettings(engine.deps)
    engine.clock.advanceDays(1)
    const changes = { companyName: 'Nordwind', heldResolution: 'again' as const, awayDays: 10, freshReadMinutes: 30 }
    const changed = await updateSettings(engine.deps, changes)
    expect(changed).toEqual({
      ...before,
      ...changes,
      updatedAt: engine.clock.now(),
    })
    expect(await getSettings(engine.deps)).toEqual(changed)
  })

  it.each([
    ['attempts', { maxAttempts: 0 }],
    ['attempts', { maxAttempts: 11 }],
    ['hours', { heldResolveAfterHours: 721 }],
    ['wait for a return', { awayDays: 0 }],
    ['wait for a return', { awayDays: 101 }],
    ['age of a reading', { freshReadMinutes: 0 }],
    ['age of a reading', { freshReadMinutes: 1441 }],
    ['zone', { defaultTimezone: 'Moon/Base' }],
    ['decision', { heldResolution: 'guess' }],
    ['name of two lines', { companyName: 'Nexa\r\nBcc: all@customer.example' }],
  ])('refuse a wrong %s, and nothing is changed: %j', async (_what, wrong) => {
    const api = createCallerFactory(createRouter({ settings: settingsRouter }))({
      deps: engine.deps,
      user: { id: 'u1', name: 'Olga', email: 'olga@nexa.example', role: 'owner' },
    })
    const before = await getSettings(engine.deps)
    const input = { postalAddress: 'Elsewhere', ...wrong } as Parameters<typeof api.settings.update>[0]
    await expect(api.settings.update(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await getSettings(engine.deps)).toEqual(before)
  })
})
