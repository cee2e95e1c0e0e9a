import { SampleSources } from '@/lead-sources/sample/sample-server'
import { loadConsentKey } from '@/use-cases/suppression/load-consent-key'
import { sampleSourcesEnvironment } from '../../../scripts/lib/app/sample-sources'
import { eventually, INSTALLATION } from '../../support/worker-process'
import { canary, findSecrets, type Hit } from '../hostile/canaries'
import {
  askForAll,
  correctPassword,
  enterAsOwner,
  enterSecrets,
  mailboxWith,
  type Owner,
  type Secrets,
} from '../hostile/owner'
import { startChaosCampaign } from '../support/campaign'
import { dumpTables, readLedger } from '../support/look-ups'
import { atLeast, exactly } from '../support/report'
import { scenario } from '../support/scenario'
import { onStage, type Stage } from '../support/stage'
import type { WebProcess } from '../support/web-process'

export const canarySecrets = scenario({
  id: 'T16',
  title: 'secrets that occur nowhere else are looked for in the database, the logs, the answers and the errors',
  full: { emails: 300, rounds: 20 },
  short: { emails: 20, rounds: 1 },
  run: async ({ seed, sizes, server, web: kind }) => {
    const sample = await SampleSources.start({ latencyMs: 0 })
    try {
      const inEnvironment = {
        'key of a source in the environment': canary(),
        'secret of sessions': canary() + canary(),
      }
      const env = {
        ...sampleSourcesEnvironment(sample.port),
        APOLLO_API_KEY: inEnvironment['key of a source in the environment'],
        AUTH_SECRET: inEnvironment['secret of sessions'],
        LOG_LEVEL: 'trace',
      }
      return await onStage({ seed, server, workerEnv: env }, async (stage) => {
        const web = await stage.openWeb(kind, env)
        return play(stage, web, { ...sizes, seed }, inEnvironment)
      })
    } finally {
      await sample.close()
    }
  },
})

async function play(
  stage: Stage,
  web: WebProcess,
  { seed, emails, rounds }: { seed: number; emails: number; rounds: number },
  inEnvironment: Secrets,
) {
  const { deps, sink, fleet, url } = stage
  const right = canary()
  const databasePassword = decodeURIComponent(new URL(url).password)
  const secrets: Secrets = {
    ...inEnvironment,
    'encryption key': INSTALLATION.ENCRYPTION_KEY,
    'consent key': await loadConsentKey(deps.sql, deps.config.encryptionKey, deps.clock.realNow()),
    'password of the owner': web.password,
    'password of SMTP': right,
    'wrong password of SMTP': canary(),
    'password of IMAP': canary(),
    'keys of sources': canary(),
    ...(databasePassword.length >= 12 && { 'password of the database': databasePassword }),
  }
  sink.tell({ password: right })
  const harmless = canary()
  const owner = await enterAsOwner(web)
  const mailbox = mailboxWith(secrets, { name: harmless, smtpPort: sink.port })
  const mailboxId = await enterSecrets(owner, secrets, mailbox)
  const [worker] = await fleet.launchAll(1)
  await startChaosCampaign(deps, { leads: emails, mailboxIds: [mailboxId] })
  await eventually(
    async () => (await deps.db.mailbox.count({ where: { health: 'stopped' } })) > 0,
    'the wrong password stops the mailbox',
  )
  await correctPassword(owner, { mailboxId, mailbox, password: right })
  await eventually(
    async () => (await readLedger(stage)).sent === emails,
    'all has left with the right password',
    300_000,
  )
  // What is asked for changes and deletes: the database is looked through before it and afterwards.
  const before = await dumpTables(stage)
  await askForAll(owner, stage, { web, rounds, seed })
  await fleet.killAll()
  const dump = `${before}\n${await dumpTables(stage)}`
  const logs = `${web.output()}\n${worker?.output() ?? ''}`
  const hits = hitsIn(secrets, { dump, logs, answers: owner.seen })
  const foundIn = (text: string) => (findSecrets({ harmless }, text).length > 0 ? 1 : 0)
  return {
    figures: [
      exactly(
        'secrets found in a dump of the database',
        hits.filter(({ where }) => where === 'the database').length,
        0,
      ),
      exactly('secrets found in the logs', hits.filter(({ where }) => where === 'the logs').length, 0),
      exactly(
        'secrets found in answers and errors',
        hits.filter(({ where }) => where.startsWith('the answer')).length,
        0,
      ),
      exactly(
        'what is no secret found in the dump and in an answer',
        foundIn(dump) + foundIn(owner.seen.map(({ said }) => said).join('\n')),
        2,
      ),
      exactly('the mailbox found in the logs', logs.includes(mailboxId) ? 1 : 0, 1),
      atLeast('answers that are refusals or errors', owner.seen.filter(({ status }) => status >= 400).length, 5),
    ],
    counts: {
      secrets: Object.keys(secrets).length,
      answers: owner.seen.length,
      'characters of the dump': dump.length,
      'characters of the logs': logs.length,
    },
    notes: hits.map(({ secret, where }) => `${secret} in ${where}`).slice(0, 10),
  }
}

type Searched = { dump: string; logs: string; answers: Owner['seen'] }

function hitsIn(secrets: Secrets, { dump, logs, answers }: Searched): Hit[] {
  return [
    ...findSecrets(secrets, dump).map((secret) => ({ secret, where: 'the database' })),
    ...findSecrets(secrets, logs).map((secret) => ({ secret, where: 'the logs' })),
    ...answers.flatMap(({ path, said }) =>
      findSecrets(secrets, said).map((secret) => ({ secret, where: `the answer of ${path}` })),
    ),
  ]
}
