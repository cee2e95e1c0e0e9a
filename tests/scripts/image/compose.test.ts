import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { trackedFiles } from './docker-files'

type Service = {
  image: string
  command?: string[]
  profiles?: string[]
  ports?: string[]
  volumes?: string[]
  secrets?: string[]
  environment?: Record<string, string>
  read_only?: boolean
  cap_drop?: string[]
  depends_on?: Record<string, { condition: string }>
}
type Compose = { services: Record<string, Service>; secrets: Record<string, { file: string }>; volumes: object }

const file = readFileSync('compose.yaml', 'utf8')
const { services, secrets, volumes }: Compose = parse(file, { merge: true })
const known = readFileSync('src/env.ts', 'utf8')

describe('compose.yaml', () => {
  it('has the app, a worker and PostgreSQL, and a mail catcher for those who ask for it', () => {
    expect(Object.keys(services)).toEqual(['migrate', 'app', 'worker', 'postgres', 'mailpit'])
    expect(services.mailpit?.profiles).toEqual(['try'])
    for (const name of ['migrate', 'app', 'worker', 'postgres']) expect(services[name]?.profiles).toBeUndefined()
  })

  it('keeps the data of PostgreSQL 18 where its image has it', () => {
    expect(services.postgres?.image).toBe('postgres:18')
    expect(services.postgres?.volumes).toEqual(['postgres:/var/lib/postgresql'])
    expect(services.app?.volumes).toEqual(['data:/data'])
    // Whoever restores starts it by hand with the worker's own volume.
    expect(services.worker?.volumes).toEqual(['backups:/backups'])
    expect(Object.keys(volumes)).toEqual(['postgres', 'data', 'backups'])
  })

  it('migrates once, before web and worker begin', () => {
    expect([services.migrate, services.app, services.worker].map((service) => service?.command)).toEqual([
      ['migrate'],
      ['web'],
      ['worker'],
    ])
    expect(services.migrate?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
    const after = { migrate: { condition: 'service_completed_successfully' } }
    expect([services.app?.depends_on, services.worker?.depends_on]).toEqual([after, after])
  })

  it('publishes no secret: each is a file that version control does not take', () => {
    const variables = Object.values(services).flatMap(({ environment = {} }) => Object.entries(environment))
    const named = variables.filter(([name]) => /(KEY|SECRET|TOKEN|CODE|PASSWORD|PASSPHRASE)S?(_FILE)?$/.test(name))
    expect(named.length).toBeGreaterThan(0)
    for (const [name, value] of named) {
      expect(name).toMatch(/_FILE$/)
      expect(Object.keys(secrets)).toContain(value.replace('/run/secrets/', ''))
    }
    for (const value of variables.map(([, text]) => String(text))) expect(URL.parse(value)?.password ?? '').toBe('')
    for (const secret of Object.values(secrets)) expect(secret.file).toMatch(/^\.\/secrets\/[a-z-]+$/)
    expect(readFileSync('.gitignore', 'utf8').split('\n')).toEqual(expect.arrayContaining(['/secrets/', '/.env']))
    expect(trackedFiles().filter((path) => /^(secrets\/|\.env$)/.test(path))).toEqual([])
    const used = Object.values(services).flatMap((service) => service.secrets ?? [])
    expect([...new Set(used)].sort()).toEqual(Object.keys(secrets).sort())
  })

  it('names variables that the program knows, and lets a person set those of .env.example', () => {
    const own = ['PGPASSWORD', 'SANDBOX_URL']
    for (const name of ['migrate', 'app', 'worker'])
      for (const variable of Object.keys(services[name]?.environment ?? {})) {
        const bare = variable.replace(/_FILE$/, '')
        expect(own.includes(bare) || known.includes(` ${bare}:`), variable).toBe(true)
      }
    const asked = [...new Set([...file.matchAll(/\$\{(\w+)/g)].map(([, name]) => name))]
    const offered = [...readFileSync('.env.example', 'utf8').matchAll(/^(\w+)=(.*)$/gm)]
    expect(offered.map(([, name]) => name).sort()).toEqual(asked.sort())
    expect(offered.map(([, , value]) => value)).toEqual(['', '', '', ''])
  })

  it('lets others reach it on this machine alone, and its programs write nothing but their data', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? [])
    expect(ports).toEqual(['127.0.0.1:3000:3000', '127.0.0.1:8025:8025'])
    for (const name of ['migrate', 'app', 'worker'])
      expect(services[name], name).toMatchObject({ read_only: true, cap_drop: ['ALL'] })
  })

  it('names a version of each image that others make', () => {
    for (const [name, { image }] of Object.entries(services))
      expect(image, name).toMatch(/^leadnexconnect$|:v?\d+(\.\d+)*$/)
  })
})
