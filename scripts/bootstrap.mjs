// First thing every command runs, on whatever Node the machine has (20.9 or newer) and without any package: it installs
// what is missing, then runs scripts/<command>.ts on the Node 24 that was installed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { clientIsOutdated, generateClient } from './lib/database/generate-client.mjs'

const OLDEST_NODE = [20, 9]
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
// Through these commands all that the database holds passes: what is not needed any more is collected early (lib/app/node-args.ts).
const STREAMING = ['backup', 'restore']
const STREAMING_ARGS = ['--max-semi-space-size=8', '--optimize-for-size']
const root = fileURLToPath(new URL('..', import.meta.url))
const [command = 'start', ...args] = process.argv.slice(2)

process.chdir(root)
requireNode()
const script = `scripts/${command}.ts`
if (!/^[a-z-]+$/.test(command) || !existsSync(script)) fail(`There is no command "${command}" (${script} is missing).`)
if (installIsOutdated()) await install()
const node = installedNode()
if (clientIsOutdated()) generate()
run()

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST_NODE
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  fail(`Node ${process.versions.node} is too old: ${OLDEST_NODE.join('.')} or newer is needed. Nothing was started.`)
}

/** The stamp is written after a complete install; without it, npm's own record of what it installed decides. */
function installIsOutdated() {
  const stamp = 'node_modules/.installed-from'
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false
  if (!installedMatchesLock()) return true
  try {
    writeFileSync(stamp, wanted)
  } catch {
    // A read-only or full disk: the next start compares again.
  }
  return false
}

function installedMatchesLock() {
  try {
    const { packages: wanted } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
    const { packages: found } = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8'))
    // Optional packages may be for other systems and are then rightly absent.
    return Object.entries(wanted).every(
      ([path, { version, optional }]) => path === '' || found[path]?.version === version || (optional && !found[path]),
    )
  } catch {
    return false
  }
}

async function install() {
  console.log('Installing packages (once, and again when package-lock.json changes) ...')
  const shared = homeIsWritable() && (await npmCi({}))
  if (homeIsWritable() && !shared) console.log('That failed. Trying once more, with a package cache of its own ...')
  if (shared || (await npmCiWithOwnCache())) return
  fail(
    "The packages could not be installed; npm's lines above say why. Nothing was started, and your data was not " +
      'touched. Check the network, the free disk space and the rights on this folder, then run the same command again.',
  )
}

/** With a cache that nobody else on this machine could have filled before: its name cannot be guessed. */
async function npmCiWithOwnCache() {
  const cache = mkdtempSync(join(tmpdir(), 'leadnexconnect-npm-'))
  try {
    return await npmCi({ npm_config_cache: cache })
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}

/** Whether npm installed everything that package-lock.json names. */
async function npmCi(env) {
  // The npm that runs us, else the one on the PATH. Tools and types are needed in production too: it builds here.
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm']
  const words = [
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
  ]
  const code = await runToEnd([...npm, 'ci', ...words], { ...process.env, ...env })
  return code === 0 && !installIsOutdated()
}

/** Runs a program with our output and returns its exit code; a signal meant for us ends it, and then us. */
function runToEnd([file, ...words], env) {
  return new Promise((resolve) => {
    const child = spawn(file, words, { stdio: 'inherit', env, detached: true })
    let asked = false
    const pass = () => {
      // npm would take a minute to undo what it did. Half an install is no harm: the next one starts from nothing.
      if (!asked) process.kill(-child.pid, 'SIGKILL')
      asked = true
    }
    for (const name of SIGNALS) process.on(name, pass)
    child.once('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.once('exit', (code) => {
      if (asked) fail('Stopped while installing. Run the same command again to go on.')
      for (const name of SIGNALS) process.removeListener(name, pass)
      resolve(code ?? 1)
    })
  })
}

function homeIsWritable() {
  try {
    accessSync(homedir(), constants.W_OK)
    return true
  } catch {
    return false
  }
}

function installedNode() {
  const path = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(path)) return path
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath
  return fail(
    'Node 24 is missing in node_modules: npm was told not to run install scripts. Nothing was started. Run ' +
      '"npm ci --ignore-scripts=false", or use Node 22.12 or newer.',
  )
}

function generate() {
  try {
    generateClient(node)
  } catch (error) {
    fail(`The database client could not be generated from prisma/schema.prisma:\n${error.stderr || error.message}`)
  }
}

function run() {
  const env = { ...process.env, PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) }
  const heap = STREAMING.includes(command) ? STREAMING_ARGS : []
  const child = spawn(node, [...heap, '--import', 'tsx', script, ...args], {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // npm, the shell and the terminal may all pass on one Ctrl-C; the script receives it once, from here.
  let asked = false
  const stop = (name) => {
    if (!asked) child.kill(name)
    asked = true
  }
  for (const name of SIGNALS) process.on(name, stop)
  // npm was killed and passed no signal on: the app would be left without a parent.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && stop('SIGTERM'), 2_000).unref()
  child.once('error', (error) => fail(`${script} could not be run: ${error.message}`))
  child.once('exit', (code) => process.exit(code ?? 1))
}

/** @returns {never} */
function fail(message) {
  console.error(`\n${message}`)
  process.exit(1)
}
