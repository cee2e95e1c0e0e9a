import { createAuth } from '@/server/auth'
import { type Asked, ask } from '../requests/asked'
import type { Answer } from '../requests/judge'
import { procedureTargets } from '../requests/procedures'
import { routeTargets, signInTargets } from '../requests/routes'
import { selectIds } from '../support/look-ups'
import { createRandom } from '../support/random'
import type { Stage } from '../support/stage'
import type { WebProcess } from '../support/web-process'

/** What must be found nowhere, by what it is. */
export type Secrets = Readonly<Record<string, string>>

/** The owner at work, with all that was answered. */
export type Owner = {
  seen: { path: string; status: number; said: string }[]
  tell(asked: Asked): Promise<Answer>
  /** Calls a procedure; answers what it answers, if anything. */
  call(name: string, input: unknown): Promise<Record<string, unknown> | undefined>
}

const JSON_TYPE = { 'content-type': 'application/json' }

export async function enterAsOwner(web: WebProcess): Promise<Owner> {
  const session = await web.signUp()
  const seen: Owner['seen'] = []
  const tell = async (asked: Asked) => {
    const own = { origin: web.url, cookie: session.cookie }
    const answer = await ask(web.url, { ...asked, headers: { ...own, ...asked.headers } })
    const said = `${answer.text}\n${[...answer.headers].join('\n')}`
    seen.push({ path: asked.path.replace(/\?.*/s, ''), status: answer.status, said })
    if (answer.status === 401) await session.renew()
    return answer
  }
  const call = async (name: string, input: unknown) => {
    const body = JSON.stringify({ json: input })
    const { text } = await tell({ method: 'POST', path: `/api/trpc/${name}`, headers: JSON_TYPE, body })
    return JSON.parse(text).result?.data?.json
  }
  return { seen, tell, call }
}

export const mailboxWith = (secrets: Secrets, { name, smtpPort }: { name: string; smtpPort: number }) => ({
  name,
  fromName: 'Ada',
  fromEmail: 'ada@nexa.example',
  kind: 'smtp',
  smtpHost: '127.0.0.1',
  smtpPort,
  smtpSecurity: 'none',
  smtpUser: 'ada',
  smtpPassword: secrets['wrong password of SMTP'],
  reader: {
    imapHost: '127.0.0.1',
    imapPort: 1,
    imapSecurity: 'none',
    imapUser: 'ada',
    imapPassword: secrets['password of IMAP'],
  },
})
type Mailbox = ReturnType<typeof mailboxWith>

/** Enters every secret through the API, well and with things wrong beside it; answers the mailbox's id. */
export async function enterSecrets({ tell, call }: Owner, secrets: Secrets, mailbox: Mailbox): Promise<string> {
  const smtpPassword = secrets['password of SMTP']
  const apiKey = secrets['keys of sources']
  const created = await call('mailboxes.create', mailbox)
  const id = String(created?.id)
  await call('mailboxes.test', { mailboxId: id })
  // Refused as a whole, by what is beside the secret.
  await call('mailboxes.create', { ...mailbox, smtpPort: 99_999 })
  await call('mailboxes.create', { ...mailbox, smtpPassword: [smtpPassword] })
  await call('mailboxes.update', { mailboxId: 'none', mailbox: { ...mailbox, smtpPassword } })
  const cutOff = `{"json":{"smtpPassword":"${smtpPassword}"`
  await tell({ method: 'POST', path: '/api/trpc/mailboxes.create', headers: JSON_TYPE, body: cutOff })
  for (const source of ['apollo', 'google_places', 'hunter']) {
    await call('leadSources.save', { source, enabled: true, apiKey })
    await call('leadSources.test', { source })
  }
  await call('leadSources.save', { source: 'hunter', enabled: 'maybe', apiKey })
  const wrong = JSON.stringify({ email: 'nobody@nexa.example', password: secrets['password of the owner'] })
  await tell({ method: 'POST', path: '/api/auth/sign-in/email', headers: JSON_TYPE, body: wrong })
  return id
}

export async function correctPassword(
  { call }: Owner,
  { mailboxId, mailbox, password }: { mailboxId: string; mailbox: Mailbox; password: string },
): Promise<void> {
  await call('mailboxes.update', { mailboxId, mailbox: { ...mailbox, smtpPassword: password } })
  await call('mailboxes.test', { mailboxId })
}

/** Asks for everything that can be asked for, again and again. */
export async function askForAll(
  { tell }: Owner,
  stage: Stage,
  { web, rounds, seed }: { web: WebProcess; rounds: number; seed: number },
): Promise<void> {
  const random = createRandom(seed)
  let ids = await selectIds(stage)
  const pool = () => ids
  const auth = createAuth({
    ...stage.deps,
    env: { APP_URL: web.url, AUTH_SECRET: 'listed, and never used by anybody' },
  })
  const targets = [
    ...procedureTargets(pool),
    ...signInTargets(auth, pool),
    ...routeTargets(web.hasPages, pool, () => 'none'),
  ]
  for (let round = 0; round < rounds; round++) {
    // Reads come first: what they show may be gone after the rest.
    const asked = targets.map((target) => target.sample(random)).sort((a, b) => a.method.localeCompare(b.method))
    for (const one of asked) await tell(one)
    ids = await selectIds(stage)
  }
}
