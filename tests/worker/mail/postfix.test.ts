import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MailServerCase, playCase } from '../../chaos/mail-servers/case'
import { CASES, servicesOf } from '../../chaos/mail-servers/cases'
import { type MailServerStage, openMailServerStage } from '../../chaos/mail-servers/stage'
import type { Closers } from '../../chaos/support/stage'
import { createTestDatabase } from '../../support/database/test-database'
import { missingMailServers } from '../../support/mail-servers/packages'

const SIZES = { leads: 24, seconds: 1, beat: 0 }

// `npm run chaos -- POSTFIX` plays the same with more leads, and those that take minutes.
const cases: readonly MailServerCase[] = CASES.filter(({ onlyLong }) => !onlyLong)

describe.skipIf(missingMailServers() !== null)("what Debian's Postfix and Dovecot say, and what comes of it", () => {
  const closers: Closers = []
  let stage: MailServerStage
  beforeAll(async () => {
    const { url, drop } = await createTestDatabase()
    closers.push(drop)
    stage = await openMailServerStage(url, servicesOf(cases, SIZES), closers)
  })
  afterAll(async () => {
    for (const close of closers.toReversed()) await close()
  })

  it.each(cases.map((one) => [one.title, one] as const))('%s', async (_title, one) => {
    const { figures } = await playCase(stage, one, SIZES)
    expect(figures.filter(({ ok }) => !ok)).toEqual([])
  })
})
