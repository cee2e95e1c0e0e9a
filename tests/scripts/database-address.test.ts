import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { requireDatabase } from '../../scripts/lib/database/database'
import { startEmbeddedPostgres } from '../../scripts/lib/database/embedded-postgres'
import { createGuest, runSql } from '../support/database/role'
import { makeCertificate } from '../support/mail-servers/certificate'

const sayOf = (url: string) =>
  requireDatabase({ databaseUrl: url }).then(
    () => 'usable',
    (error: Error) => error.message,
  )
const FORM = 'postgresql://user:password@host:5432/database'
const ENCODE = 'in a password "/" is written %2F, "#" %23, "?" %3F and "@" %40'

describe('an address of a database', () => {
  it.each(['postgresql://ann:pa/ss@127.0.0.1:1/sales', 'postgresql://ann:pa#ss@127.0.0.1:1/sales'])(
    'with a password that ends it too early is refused, without that password: %s',
    async (url) => {
      expect(await sayOf(url)).toBe(
        `DATABASE_URL is not an address of the form ${FORM}. Nothing was started. Correct it (${ENCODE}); without it, "npm start" ` +
          'brings its own PostgreSQL.',
      )
    },
  )

  it('with a "/" after a password that looks like a port is refused, and says no part of that password', async () => {
    expect(await sayOf('postgresql://ann:12/ss@127.0.0.1:1/sales')).toBe(
      `DATABASE_URL has a "/" before its host. Nothing was started. Correct it (${ENCODE}).`,
    )
  })

  it('with a "?" after a password that looks like a port names the way to write it', async () => {
    expect(await sayOf('postgresql://ann:12?ss@127.0.0.1:1/sales')).toBe(
      `DATABASE_URL names no database. Nothing was started. Write its name after the host, as in ${FORM} (${ENCODE}); without it, ` +
        '"npm start" brings its own PostgreSQL.',
    )
  })

  it.each(['postgresql://ann:100%@127.0.0.1:1/sales', 'postgresql://ann:s3cret@127.0.0.1:1/100%'])(
    'with a percent sign that stands for itself is refused: %s',
    async (url) => {
      expect(await sayOf(url)).toBe(
        'DATABASE_URL has a "%" that stands for itself. Nothing was started. Correct it: it is written %25.',
      )
    },
  )

  it('with a "#" after a password that looks like a port is refused', async () => {
    expect(await sayOf('postgresql://ann:12#ss@127.0.0.1:1/sales')).toBe(
      `DATABASE_URL ends at the first "#". Nothing was started. Correct it (${ENCODE}).`,
    )
  })

  it.each(['postgresql://ann:s3cret@127.0.0.1:1', 'postgresql://ann:s3cret@127.0.0.1:1/'])(
    'without a database is refused, and not led to another: %s',
    async (url) => {
      expect(await sayOf(url)).toBe(
        `DATABASE_URL names no database. Nothing was started. Write its name after the host, as in ${FORM}; without it, ` +
          '"npm start" brings its own PostgreSQL.',
      )
    },
  )

  it('with a file that is not there says which', async () => {
    expect(await sayOf('postgresql://ann:s3cret@127.0.0.1:1/sales?sslrootcert=/nowhere/ca.pem')).toBe(
      'The database of DATABASE_URL (127.0.0.1:1/sales) cannot be reached: the file /nowhere/ca.pem of sslrootcert cannot be read ' +
        '(ENOENT). Nothing was started or changed. Put that file there, readable for this user, or correct sslrootcert in DATABASE_URL.',
    )
  })

  it('that asks a server to encrypt that does not is refused', async () => {
    const url = new URL(inject('databaseServer'))
    url.searchParams.set('sslmode', 'require')
    expect(await sayOf(url.href)).toBe(
      `The database of DATABASE_URL (${url.host}/postgres) cannot be reached: it does not encrypt. Nothing was started or changed. ` +
        'Let it (ssl = on), or take sslmode out of DATABASE_URL.',
    )
  })

  it('of a role that may not connect shows the grant', async () => {
    const guest = await createGuest()
    await runSql(guest.ownerUrl, `REVOKE CONNECT ON DATABASE ${guest.name} FROM PUBLIC`)
    const grant = `GRANT CONNECT ON DATABASE ${guest.name} TO ${guest.role}`
    expect(await sayOf(guest.url)).toBe(
      `The database of DATABASE_URL (${guest.where}) cannot be reached: permission denied for database "${guest.name}". Nothing was ` +
        `started or changed. Let it in, as the owner of the database: psql ${guest.at} -U postgres -d ${guest.name} -c '${grant}'.`,
    )
    await runSql(guest.ownerUrl, grant)
    expect(await sayOf(guest.url)).not.toContain('cannot be reached')
    await guest.drop()
  })

  it('of a server that signed its own certificate names both ways to reach it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'encrypted-'))
    const { key, cert } = makeCertificate(folder, { trusted: false })
    const options = { dataDir: folder, throwaway: true, log: () => undefined }
    const settings = { fsync: 'off', ssl: 'on', ssl_key_file: key, ssl_cert_file: cert }
    const server = await startEmbeddedPostgres({ ...options, settings })
    const url = new URL(server.urlOf('postgres'))
    url.searchParams.set('sslmode', 'require')
    expect(await sayOf(url.href)).toBe(
      `The database of DATABASE_URL (${url.host}/postgres) cannot be reached: no authority that is known here has signed its ` +
        'certificate (self-signed certificate). Nothing was started or changed. Name the file of that authority: ' +
        'sslrootcert=/path/to/ca.pem in DATABASE_URL. To encrypt without a look at its certificate: sslmode=no-verify in DATABASE_URL.',
    )
    url.searchParams.set('sslmode', 'no-verify')
    expect(await sayOf(url.href)).toBe('usable')
    // One that takes encrypted connections alone.
    await runSql(
      url.href,
      `COPY (SELECT 'hostssl all all 127.0.0.1/32 scram-sha-256') TO '${join(folder, 'postgres', 'pg_hba.conf')}'`,
    )
    await runSql(url.href, 'SELECT pg_reload_conf()')
    const plain = server.urlOf('postgres')
    await expect.poll(() => sayOf(plain)).not.toBe('usable')
    expect(await sayOf(plain)).toBe(
      `The database of DATABASE_URL (${url.host}/postgres) cannot be reached: no pg_hba.conf entry for host "127.0.0.1", user ` +
        '"leadnexconnect", database "postgres", no encryption. Nothing was started or changed. Encrypt: sslmode=require in ' +
        'DATABASE_URL, or sslmode=no-verify where no authority that is known here has signed its certificate. Where it does not ' +
        'encrypt at all, its pg_hba.conf needs a line for this machine.',
    )
    expect(await sayOf(url.href)).toBe('usable')
    const authority = join(folder, 'ca.pem')
    copyFileSync(cert, authority)
    url.searchParams.set('sslmode', 'verify-full')
    url.searchParams.set('sslrootcert', authority)
    expect(await sayOf(url.href)).toBe('usable')
    await server.stop()
    rmSync(folder, { recursive: true })
  })
})
