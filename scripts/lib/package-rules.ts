import type { Source } from './sources'

/** Packages whose place another one has taken, and which. */
const REPLACED = {
  '@playwright/test': "playwright, whose runner is 'playwright/test'",
  '@trpc/tanstack-react-query': '@trpc/react-query',
}

const DEPENDENCIES = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const

type Manifest = { [kind in (typeof DEPENDENCIES)[number]]?: Record<string, string> }
type Lockfile = {
  packages: Record<string, { version?: string; integrity?: string; resolved?: string; link?: boolean }>
}

/** Complaints about packages: entries of the lockfile without a hash or with a host, and packages that were replaced. */
export function packageComplaints(manifest: Manifest, lockfile: Lockfile, sources: Source[]): string[] {
  return [...lockComplaints(lockfile), ...manifestComplaints(manifest), ...sources.flatMap(importComplaints)]
}

function lockComplaints({ packages }: Lockfile): string[] {
  return Object.entries(packages)
    .filter(([path, { link }]) => path !== '' && !link)
    .flatMap(([path, { version, integrity, resolved }]) => {
      // npm writes none for a package that came inside another's archive, but keeps one that is there.
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      const unhashed = `package-lock.json: ${path} has no integrity; npm view ${name}@${version} dist.integrity has it`
      const placed = `package-lock.json: ${path} names the host it came from (${resolved})`
      return [...(integrity ? [] : [unhashed]), ...(resolved ? [placed] : [])]
    })
}

function manifestComplaints(manifest: Manifest): string[] {
  return Object.entries(REPLACED)
    .filter(([name]) => DEPENDENCIES.some((kind) => manifest[kind]?.[name]))
    .map(([name, instead]) => `package.json: ${name} is not used here; take ${instead}`)
}

function importComplaints({ path, text }: Source): string[] {
  return Object.entries(REPLACED)
    .filter(([name]) => new RegExp(`\\b(?:from|import|require)\\b\\s*\\(?\\s*['"]${name}(?:/[^'"]*)?['"]`).test(text))
    .map(([name, instead]) => `${path}: imports ${name}; take ${instead}`)
}
