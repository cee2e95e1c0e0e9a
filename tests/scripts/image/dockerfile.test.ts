import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isSent, readDockerfile, trackedFiles } from './docker-files'

const SECRET = /(KEY|SECRET|TOKEN|CODE|PASSWORD|PASSPHRASE)S?$/
const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const stages = readDockerfile(readFileSync('Dockerfile', 'utf8'))
const last = stages.at(-1) ?? []
const of = (stage: typeof last, name: string) => stage.filter(({ instruction }) => instruction === name)

describe('the Dockerfile', () => {
  it('stands on the Node of the project, in just its version', () => {
    const bases = stages.map(([from]) => from?.words.split(' ')[0])
    expect(bases).toEqual([`node:${devDependencies.node}-slim`, `node:${devDependencies.node}-alpine`])
  })

  it('runs as somebody who owns nothing of it and is no root', () => {
    const users = of(last, 'USER')
    expect(users.map(({ words }) => words)).toEqual(['1000:1000'])
    const after = last.slice(last.indexOf(users[0] as (typeof last)[number]) + 1)
    expect(after.map(({ instruction }) => instruction)).toEqual(['EXPOSE', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD'])
    for (const { words } of of(last, 'COPY')) expect(words).not.toContain('--chown')
  })

  it('takes nothing of the build but its runtime folder', () => {
    expect(of(last, 'COPY').map(({ words }) => words)).toEqual(['--from=build /runtime ./'])
    expect(of(last, 'RUN').map(({ words }) => words)).toEqual(['install -d -o 1000 -g 1000 -m 700 /data /backups'])
    expect(of(last, 'VOLUME').map(({ words }) => words)).toEqual(['/data'])
  })

  it('is made by the commands of any machine', () => {
    expect(of(stages[0] ?? [], 'RUN').map(({ words }) => words)).toEqual([
      'npm ci --include=dev --no-audit --no-fund',
      'npm run runtime -- /runtime',
    ])
  })

  it('starts one program that gets its signals, without a shell in between', () => {
    const programs = [...of(last, 'ENTRYPOINT'), ...of(last, 'CMD')].map(({ words }) => JSON.parse(words))
    expect(programs).toEqual([['node', 'leadnexconnect.mjs'], ['all']])
  })

  it('asks for its health by a command of its own', () => {
    const [check, ...others] = of(last, 'HEALTHCHECK')
    expect(others).toEqual([])
    expect(JSON.parse(check?.words.split(' CMD ')[1] ?? '')).toEqual(['node', 'leadnexconnect.mjs', 'health'])
  })

  it('listens to all, and holds no secret', () => {
    const set = stages.flat().filter(({ instruction }) => ['ENV', 'ARG'].includes(instruction))
    const variables = Object.fromEntries(set.flatMap(({ words }) => words.split(' ').map((word) => word.split('='))))
    expect(variables).toEqual({ NODE_ENV: 'production', HOST: '0.0.0.0', PORT: '3000', DATA_DIR: '/data' })
    expect(Object.keys(variables).filter((name) => SECRET.test(name))).toEqual([])
  })

  it('fetches nothing but packages that the lockfile knows', () => {
    expect(stages.flat().map(({ instruction }) => instruction)).not.toContain('ADD')
    expect(stages.flat().filter(({ words }) => /https?:|curl|wget|apt|apk|npx|npm i(nstall)?\b/.test(words))).toEqual(
      [],
    )
  })
})

describe('.dockerignore', () => {
  const rules = readFileSync('.dockerignore', 'utf8')
  const sources = /^(src|web|worker|scripts|prisma|sample-data)\//
  const settings =
    'package.json package-lock.json .npmrc next.config.mjs postcss.config.mjs prisma.config.ts tailwind.config.ts tsconfig.json'

  it('sends what the build needs: all sources, and what configures them', () => {
    const needed = [...trackedFiles().filter((path) => sources.test(path)), ...settings.split(' ')]
    expect(needed.length).toBeGreaterThan(500)
    expect(needed.filter((path) => !isSent(rules, path))).toEqual([])
  })

  it('sends nothing else of what is tracked', () => {
    const others = trackedFiles().filter((path) => !sources.test(path) && !settings.split(' ').includes(path))
    expect(others.filter((path) => isSent(rules, path))).toEqual([])
  })

  it.each([
    '.env',
    '.env.local',
    'src/.env',
    'secrets/auth-secret',
    '.data/secrets.json',
    '.git/config',
    'node_modules/next/package.json',
    '.next/BUILD_ID',
    'src/db/generated/client.ts',
  ])('keeps %s here', (path) => expect(isSent(rules, path)).toBe(false))
})
