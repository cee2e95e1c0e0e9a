import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { isAlive } from '../../../scripts/lib/processes'
import { type Dovecot, startDovecot } from '../../support/mail-servers/dovecot'
import { readMaildir } from '../../support/mail-servers/maildir'
import { missingMailServers } from '../../support/mail-servers/packages'
import { type Postfix, startPostfix } from '../../support/mail-servers/postfix'
import { eventually } from '../../support/worker-process'

const USER = 'ada@nexa.example'
const PASSWORD = 'secret'
const OWN = 'Subject: Own\r\n\r\nHello'

/** All that Dovecot answers to these commands. */
const speakImap = (port: number, commands: readonly string[]) =>
  new Promise<string>((resolve, reject) => {
    let said = ''
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(`${commands.join('\r\n')}\r\n`))
    socket.on('data', (chunk) => {
      said += chunk.toString()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(said))
  })

describe.skipIf(missingMailServers() !== null)("Debian's Dovecot beside Postfix", () => {
  let dovecot: Dovecot
  let postfix: Postfix<'mx'>
  beforeAll(async () => {
    dovecot = await startDovecot({ [USER]: PASSWORD })
    postfix = await startPostfix({ mx: {} }, dovecot)
  })
  afterAll(async () => {
    await postfix?.close()
    await dovecot?.close()
  })

  it("gives a user an Inbox, Sent and Junk by their special use, and what was sent to that user's Inbox alone", async () => {
    const mailer = createSmtpMailer()
    const server = { host: '127.0.0.1', port: postfix.ports.mx, allowPrivate: true } as const
    const account = { ...server, security: 'none', maxConnections: 1 } as const
    for (const to of [USER, 'other@nexa.example']) {
      const raw = Buffer.from(`Subject: To ${to}\r\n\r\nHello\r\n`)
      const envelope = { from: 'lead@customer.example', to }
      const outcome = await mailer.send({ ...account, greetingName: 'mail.customer.example' }, { envelope, raw })
      expect(outcome.kind).toBe('accepted')
    }
    mailer.close()
    expect((await postfix.arrived()).map(({ parsed }) => parsed.subject)).toEqual(['To other@nexa.example'])
    const said = await speakImap(dovecot.ports.imaps, [
      `1 LOGIN ${USER} ${PASSWORD}`,
      '2 LIST (SPECIAL-USE) "" "*"',
      '3 SELECT INBOX',
      // A literal of so many bytes, sent without being asked for.
      `4 APPEND Sent {${OWN.length}+}`,
      OWN,
      '5 LOGOUT',
    ])
    expect(said).toMatch(/^1 OK/m)
    expect(said).toMatch(/^\* LIST \(.*\\Sent\) "." Sent\r$/m)
    expect(said).toMatch(/^\* LIST \(.*\\Junk\) "." Junk\r$/m)
    expect(said).toMatch(/^\* 1 EXISTS\r$/m)
    const inbox = await readMaildir(dovecot.maildirOf(USER))
    expect(inbox.map(({ parsed }) => parsed.subject)).toEqual([`To ${USER}`])
    const sent = await readMaildir(dovecot.maildirOf(USER, 'Sent'))
    expect(sent.map(({ parsed }) => parsed.subject)).toEqual(['Own'])
  })

  it('refuses a wrong password', async () => {
    const said = await speakImap(dovecot.ports.imaps, [`1 LOGIN ${USER} wrong`, '2 LOGOUT'])
    expect(said).toMatch(/^1 NO \[AUTHENTICATIONFAILED\]/m)
  })
})

describe('a server that is held', () => {
  it.each([
    ['starts', false],
    ['runs', true],
  ])(
    'is stopped, and its folder taken away, when the process that holds it is killed as it %s',
    async (_when, runs) => {
      const own = await mkdtemp(join(tmpdir(), 'leadnexconnect-held-'))
      const [pidFile, started] = [join(own, 'pid'), join(own, 'started')]
      const program = `
      import { holdServer, openFolder } from './tests/support/mail-servers/held-server.ts'
      const folder = await openFolder('held-test')
      const server = 'sleep 1000 >/dev/null 2>&1 & echo $! "$FOLDER" > ${pidFile}'
      const start = server + '; until [ -e ${started} ]; do sleep 0.1; done'
      await holdServer({ start, stop: 'kill $(cut -d" " -f1 ${pidFile})', folder })
      setInterval(() => undefined, 1000)`
      const holder = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
        stdio: 'inherit',
      })
      const read = () => readFile(pidFile, 'utf8').catch(() => '')
      await eventually(async () => (await read()).endsWith('\n'), 'the server has said where it is')
      const [pid = '', folder = ''] = (await read()).trim().split(' ')
      expect([isAlive(Number(pid)), existsSync(folder)]).toEqual([true, true])
      const gone = new Promise((resolve) => holder.once('exit', resolve))
      if (runs) await writeFile(started, '')
      holder.kill('SIGKILL')
      await gone
      await writeFile(started, '')
      await eventually(() => !isAlive(Number(pid)) && !existsSync(folder), 'both are gone')
      await rm(own, { recursive: true })
    },
  )
})
