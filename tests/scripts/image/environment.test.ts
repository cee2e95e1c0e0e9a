import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processEnvironment } from '../../../scripts/lib/runtime/environment'
import { refusePublishedSecrets } from '../../../scripts/lib/runtime/published-secrets'
import { readSecretFiles } from '../../../scripts/lib/runtime/secret-files'
import { INSTALLATION } from '../../support/worker-process'

const own = () => randomBytes(32).toString('hex')

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inFile = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('secrets in files', () => {
  it('take the place of their variables, without the end of their line', () => {
    const read = readSecretFiles({ AUTH_SECRET_FILE: inFile('auth', 'so long and so secret\n'), PORT: '4000' })
    expect(read).toEqual({ AUTH_SECRET: 'so long and so secret', PORT: '4000' })
  })

  it.each(['DATABASE_URL', 'PGPASSWORD', 'ENCRYPTION_KEY', 'FORMER_ENCRYPTION_KEYS', 'SMTP_URL', 'OWNER_CODE'])(
    'may hold %s',
    (name) => expect(readSecretFiles({ [`${name}_FILE`]: inFile(name, 'x') })).toEqual({ [name]: 'x' }),
  )

  it('may hold every secret that the program reads', () => {
    const names = [...readFileSync('src/env.ts', 'utf8').matchAll(/^ {4}([A-Z][A-Z_]+):/gm)].map(
      ([, name = '']) => name,
    )
    const secret = names.filter((name) => /KEY|SECRET|TOKEN|PASS|CODE|^(DATABASE|SMTP)_URL/.test(name))
    expect(secret).toEqual(expect.arrayContaining(['DATABASE_URL', 'HUNTER_API_KEY', 'GOOGLE_CLIENT_SECRET']))
    for (const name of secret)
      expect(readSecretFiles({ [`${name}_FILE`]: inFile('any', 'x') })).toEqual({ [name]: 'x' })
  })

  it('leaves alone what other programs mean by such a name', () => {
    const others = { SSL_CERT_FILE: '/etc/ssl/cert.pem', PGPASSFILE: '/root/.pgpass', AUTH_SECRET_FILE: ' ' }
    expect(readSecretFiles(others)).toEqual(others)
  })

  it('is refused where it is missing, empty, or said twice, without a word of it', () => {
    const refused = (env: Record<string, string>) => {
      try {
        readSecretFiles(env)
      } catch (error) {
        return (error as Error).message
      }
      return 'not refused'
    }
    expect(refused({ AUTH_SECRET_FILE: join(folder, 'nowhere') })).toBe(
      `The file of AUTH_SECRET_FILE (${join(folder, 'nowhere')}) is not there. Nothing was started.`,
    )
    expect(refused({ AUTH_SECRET_FILE: inFile('empty', '\n') })).toMatch(/is empty\. Nothing was started\.$/)
    expect(refused({ AUTH_SECRET_FILE: folder })).toMatch(/cannot be read: EISDIR\. Nothing was started\.$/)
    const twice = refused({
      AUTH_SECRET_FILE: inFile('twice', 'one that is long'),
      AUTH_SECRET: 'another that is long',
    })
    expect(twice).toBe('AUTH_SECRET and AUTH_SECRET_FILE are both set. Nothing was started. Set one of them.')
  })
})

describe('secrets that everybody can read', () => {
  it.each([
    ['ENCRYPTION_KEY', INSTALLATION.ENCRYPTION_KEY],
    ['ENCRYPTION_KEY', 'fedcba9876543210'.repeat(4)],
    ['ENCRYPTION_KEY', '0'.repeat(64)],
    ['AUTH_SECRET', INSTALLATION.AUTH_SECRET],
    ['AUTH_SECRET', 'change-me-change-me-change-me-change-me'],
    ['AUTH_SECRET', 'x'.repeat(40)],
    ['OWNER_CODE', '7KMR-Q2XD-9TBW'],
    ['PGPASSWORD', 'postgres'],
    ['HUNTER_API_KEY', 'your-key-as-in-the-example'],
  ])('%s is refused by its name, and never said', (name, value) => {
    const start = () => refusePublishedSecrets({ [name]: value })
    expect(start).toThrow(`${name} is an example, which everybody can read or guess. Nothing was started.`)
    expect(start).not.toThrow(value)
  })

  it('is refused within an address as well', () => {
    for (const url of ['postgresql://user:password@host:5432/database', 'smtps://user:change%2Dme@mail.nexa.dev'])
      expect(() => refusePublishedSecrets({ DATABASE_URL: url }), url).toThrow(
        'The password in DATABASE_URL is an example',
      )
    const fine = {
      DATABASE_URL: `postgresql://leadnexconnect:${own()}@postgres:5432/x`,
      SMTP_URL: 'smtp://mail.example.com',
    }
    expect(() => refusePublishedSecrets(fine)).not.toThrow()
  })

  it('is not what people make by the command that we name', () => {
    for (let i = 0; i < 200; i++)
      expect(() => refusePublishedSecrets({ AUTH_SECRET: own(), ENCRYPTION_KEY: own() })).not.toThrow()
    const base64 = randomBytes(32).toString('base64')
    expect(() => refusePublishedSecrets({ AUTH_SECRET: base64 })).not.toThrow()
  })

  it('is every one that our documents and examples hold', () => {
    const documents = ['README.md', 'docs/operations.md', 'compose.yaml', '.env.example', 'Dockerfile']
    const assigned =
      /\b([A-Z][A-Z0-9_]*(?:_KEY|_SECRET|_TOKEN|_CODE|_URL|PASSWORD|PASSPHRASE))\s*[=:]\s*['"]?([^\s'"`|]+)/g
    for (const path of documents)
      for (const [, name = '', value = ''] of readFileSync(path, 'utf8').matchAll(assigned)) {
        const secret = name.endsWith('_URL') ? (URL.parse(value)?.password ?? '') : value
        if (secret === '' || secret.startsWith('$')) continue
        expect(() => refusePublishedSecrets({ [name]: value }), `${path}: ${name}`).toThrow('is an example')
      }
  })
})

describe('the environment of a process', () => {
  const given = () => ({
    DATABASE_URL: 'postgresql://leadnexconnect@postgres:5432/leadnexconnect',
    APP_URL: 'https://crm.nexa.dev',
    AUTH_SECRET: own(),
    ENCRYPTION_KEY: own(),
  })

  it('is live with a mail server, and a sandbox with a mail catcher alone', () => {
    const catcher = { SANDBOX_URL: 'smtp://mailpit:1025' }
    expect(processEnvironment({ ...given(), ...catcher, SMTP_URL: '' })).toMatchObject({
      SMTP_URL: 'smtp://mailpit:1025',
      SANDBOX_INBOX: 'true',
    })
    const live = { ...given(), ...catcher, SMTP_URL: 'smtp://mail.nexa.dev', SANDBOX_INBOX: 'true' }
    expect(processEnvironment(live)).toMatchObject({ SMTP_URL: 'smtp://mail.nexa.dev', SANDBOX_INBOX: 'false' })
  })

  it('makes up no key, and says all that is missing at once', () => {
    expect(() => processEnvironment({ DATABASE_URL: given().DATABASE_URL, APP_URL: ' ' })).toThrow(
      'APP_URL, AUTH_SECRET, ENCRYPTION_KEY, SMTP_URL are not set. Nothing was started. Set each, or with _FILE at the end of ' +
        'its name the path of a file that holds it. SANDBOX_URL in place of SMTP_URL names a mail catcher, to try.',
    )
  })

  it('leads workers and migrations past a pooler', () => {
    const smtp = { SMTP_URL: 'smtp://mail.nexa.dev' }
    const plain = given()
    expect(processEnvironment({ ...plain, ...smtp }).DIRECT_DATABASE_URL).toBe(plain.DATABASE_URL)
    const direct = 'postgresql://leadnexconnect@direct:5432/leadnexconnect'
    expect(processEnvironment({ ...plain, ...smtp, DIRECT_DATABASE_URL: direct }).DIRECT_DATABASE_URL).toBe(direct)
  })
})
