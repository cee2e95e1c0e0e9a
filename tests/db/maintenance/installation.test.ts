import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase } from '@/db/client'
import { changeInstallation } from '@/use-cases/maintenance/change-installation'
import { checkInstallation } from '@/use-cases/maintenance/check-installation'
import { getInstallation } from '@/use-cases/maintenance/get-installation'
import { storeInstallation } from '@/use-cases/maintenance/store-installation'
import { loadConsentKey } from '@/use-cases/suppression/load-consent-key'
import { createEmptyDatabase, tablesOf } from '../../support/database/empty-database'
import { createEngine, type Engine, startOutreach } from '../../support/engine'
import { refusal } from '../../support/refusal'
import { untilBlocked } from '../../support/until-blocked'

const AT = new Date('2026-03-02T09:00:00Z')

describe('the installation of a database', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())
  afterEach(() => engine.db.installation.deleteMany())
  const here = (change: Partial<{ encryptionKey: string; sandbox: boolean; appUrl: string }> = {}) => {
    const { encryptionKey, sandbox, appUrl } = engine.deps.config
    return { encryptionKey, sandbox, appUrl, ...change }
  }
  const sql = () => engine.deps.sql

  it('is that of one of two first starts at the same moment; the other is refused', async () => {
    const client = await engine.pool.connect()
    await client.query('BEGIN')
    await client.query('LOCK TABLE installations IN SHARE ROW EXCLUSIVE MODE')
    // It has seen that there is none yet, and waits with its own.
    const late = refusal(storeInstallation(sql(), here({ encryptionKey: 'a'.repeat(64) }), AT))
    await untilBlocked(sql(), late)
    await client.query(`INSERT INTO installations VALUES (1, 'another', false, NULL, $1, 'First start')`, [AT])
    await client.query('COMMIT')
    client.release()
    expect((await late).message).toContain('- Encryption key: the database was started with one (fingerprint another)')
    expect(await engine.db.installation.count()).toBe(1)
  })

  it('is asked of an empty database too, which stays empty and is not taken', async () => {
    const empty = await createEmptyDatabase()
    const database = createDatabase(empty.url)
    await checkInstallation(database.sql, here())
    expect(await getInstallation(database.sql, here())).toMatchObject({ history: [], refused: false, effects: [] })
    expect(await refusal(storeInstallation(database.sql, here(), AT))).toEqual({
      code: 'conflict',
      message:
        'The database has not been migrated to this version. Nothing was started or changed. Run "npm run db:migrate" ' +
        'with the same DATABASE_URL, then start again.',
    })
    expect(await tablesOf(empty.url)).toEqual([])
    await database.close()
    await empty.drop()
  })

  it('starts with another key that was accepted; the former one brings its links back', async () => {
    const [former, other] = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string]
    await engine.db.sealedKey.deleteMany()
    await storeInstallation(sql(), here({ encryptionKey: former }), AT)
    const consentKey = await loadConsentKey(sql(), former, AT)
    await expect(loadConsentKey(sql(), other, AT)).rejects.toThrow('Start with the former ENCRYPTION_KEY')
    const change = (encryptionKey: string, seconds: number) =>
      changeInstallation(sql(), here({ encryptionKey }), new Date(AT.getTime() + seconds * 1000))
    await change(other, 1)
    expect(await loadConsentKey(sql(), other, AT)).not.toBe(consentKey)
    await change(former, 2)
    expect(await loadConsentKey(sql(), former, AT)).toBe(consentKey)
    expect(await engine.db.sealedKey.count()).toBe(3)
  })

  it('names the running campaigns that another mode would reach, and no others', async () => {
    await storeInstallation(sql(), here(), AT)
    const own = await engine.db.mailbox.create({
      data: { name: 'Own', kind: 'smtp', fromName: 'Sam', fromEmail: 'sam@nexa.dev', smtpHost: '127.0.0.1' },
    })
    await startOutreach(engine, { leads: 2, days: [0, 1], name: 'Spring' })
    const { id: pausedId } = await startOutreach(engine, { leads: 1, days: [0], name: 'Paused' })
    await engine.db.campaign.update({ where: { id: pausedId }, data: { status: 'paused' } })
    const { id: ownId } = await startOutreach(engine, { leads: 1, days: [0], name: 'Own server' })
    await engine.db.campaignMailbox.updateMany({ where: { campaignId: ownId }, data: { mailboxId: own.id } })
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: ownId }, data: { mailboxId: own.id } })
    await engine.work()
    const { refused, effects } = await getInstallation(sql(), here({ sandbox: false, appUrl: 'https://crm.nexa.dev' }))
    expect(refused).toBe(true)
    expect(effects).toEqual([
      'Email: 1 running campaign will really go out: "Spring" (2 emails planned).',
      'Public address: links in emails begin with https://crm.nexa.dev instead of none but this machine; those in ' +
        '2 emails sent before still lead to the former.',
    ])
  })
})
