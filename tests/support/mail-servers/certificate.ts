import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

export type Certificate = { key: string; cert: string }

const HERE = ['DNS:localhost', 'IP:127.0.0.1'] as const

/** Writes a key and a certificate that signed itself into the folder. Unless it is a stranger's, this process trusts it. */
export function makeCertificate(
  folder: string,
  { name = 'own', names = HERE, trusted = true }: { name?: string; names?: readonly string[]; trusted?: boolean } = {},
): Certificate {
  const made = { key: join(folder, `${name}-key.pem`), cert: join(folder, `${name}-cert.pem`) }
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${names.join(',')}`]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', made.key, '-out', made.cert], {
    stdio: 'ignore',
  })
  if (trusted) setDefaultCACertificates([...getCACertificates('default'), readFileSync(made.cert, 'utf8')])
  return made
}
