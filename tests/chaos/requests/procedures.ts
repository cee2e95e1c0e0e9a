import superjson from 'superjson'
import type { z } from 'zod'
import { appRouter } from '@/server/api/root'
import type { Random } from '../support/random'
import type { Asked, Target } from './asked'
import { mutatedValue } from './mutate-value'
import { oddString, oddValue } from './odd-values'
import { type Pool, sampleOf, schemaOf } from './samples'
import { textOf } from './text-of'
import { WELL_MEANT } from './well-meant'

type Procedure = { _def: { type: 'query' | 'mutation'; inputs: z.core.$ZodType[] } }

// Of a GET; longer ones are refused at the front door.
const LONGEST_ADDRESS = 4_000
const JSON_TYPE = { 'content-type': 'application/json' }

/** Every procedure of the API. `pool` is asked for ids each time. */
export const procedureTargets = (pool: () => Pool): Target[] =>
  Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>).map(([name, procedure]) => {
    const { type, inputs } = procedure._def
    const schemas = inputs.map(schemaOf)
    const noun = name
      .replace(/\..*/, '')
      .replace(/ies$/, 'y')
      .replace(/(ch|x)es$/, '$1')
      .replace(/s$/, '')
    const inputFor = (random: Random, fill = 50): unknown =>
      schemas.length === 0
        ? undefined
        : Object.assign({}, ...schemas.map((schema) => sampleOf(schema, random, { pool: pool(), noun, fill })))
    const wellMeant = WELL_MEANT[name]
    const best = wellMeant && (() => wellMeant((kind) => pool()[kind]?.[0]))
    return {
      name,
      ...(best && { wellMeant: () => call(name, type, wire(best())) }),
      sample: (random, fill = random.pick([0, 20, 60])) => call(name, type, wire(inputFor(random, fill))),
      broken: (random) => brokenCall(name, type, best && random.int(0, 2) === 0 ? best() : inputFor(random), random),
    }
  })

// The client's own writer goes through each part of a value many times.
const LONGEST_VALUE = 20_000

/** As the client writes a value; what is too large for that, or cannot be written, becomes plain JSON. */
function wire(value: unknown): unknown {
  const text = textOf(value)
  if (text.length > LONGEST_VALUE) return { json: value }
  try {
    return superjson.serialize(value)
  } catch {
    return { json: null }
  }
}

const call = (name: string, type: 'query' | 'mutation', input: unknown): Asked => calling(name, type, textOf(input))

function calling(path: string, type: 'query' | 'mutation', text: string, query = ''): Asked {
  if (type === 'mutation') return { method: 'POST', path: `/api/trpc/${path}?${query}`, headers: JSON_TYPE, body: text }
  const address = `/api/trpc/${path}?${query}&input=${encodeURIComponent(text.toWellFormed())}`
  return { method: 'GET', path: address.slice(0, LONGEST_ADDRESS), headers: {} }
}

function brokenCall(name: string, type: 'query' | 'mutation', value: unknown, random: Random): Asked {
  const kind = random.int(0, 11)
  if (kind < 7) return call(name, type, wire(mutatedValue(value, random)))
  const input = wire(value) as Record<string, unknown>
  if (kind === 7) return call(name, type, { ...input, meta: brokenMeta(input.json, random) })
  if (kind === 8) return calling(name, type, brokenText(textOf(input), random))
  if (kind === 9) return call(name, type, mutatedValue(input, random))
  if (kind === 10) return batch(name, type, value, random)
  return odd(call(name, type, input), name, random)
}

const TYPES = [
  'Date',
  'bigint',
  'undefined',
  'number',
  'regexp',
  'set',
  'map',
  'Error',
  'URL',
  'symbol',
  'class',
  'custom',
  '__proto__',
]

/** What superjson is told of the types of a value: places and types that are not there. */
function brokenMeta(json: unknown, random: Random): unknown {
  const keys = typeof json === 'object' && json !== null ? Object.keys(json) : []
  const place = () =>
    random.pick([
      ...keys,
      '',
      '0',
      'a.b.c',
      '__proto__',
      'constructor.prototype',
      'prototype.x',
      'length',
      '\\.',
      'ids.0',
      'ids.9999',
    ])
  const type = () =>
    random.pick<unknown>([
      [random.pick(TYPES)],
      [[random.pick(TYPES), 'x']],
      random.pick(TYPES),
      [],
      [['class', 'Object']],
      [[null]],
      7,
    ])
  return random.pick<() => unknown>([
    () => ({ values: { [place()]: type(), [place()]: type() } }),
    () => ({ values: type() }),
    () => ({ values: { [place()]: [random.pick(TYPES), { [place()]: type() }] } }),
    () => ({ referentialEqualities: { [place()]: [place(), place()] } }),
    () => ({ referentialEqualities: [[place()], { [place()]: [place()] }] }),
    () => ({ values: { [place()]: type() }, v: random.pick([0, 1, 2, 'x']) }),
    () => oddValue(random),
  ])()
}

function brokenText(text: string, random: Random): string {
  const at = random.int(0, text.length)
  return random.pick<() => string>([
    () => text.slice(0, at),
    () => text.slice(at),
    () => text.slice(0, at) + oddString(random) + text.slice(at),
    () => `\ufeff${text}`,
    () => text + text,
    () => text.replace('{', '{"__proto__":{"polluted":1},'),
    () => text.replaceAll('"', "'"),
    () => `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    () => `{"json":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
    () => `{"json":${'9'.repeat(5_000)}}`,
    () => '',
    () => 'null',
    () => '[]',
    () => '"x"',
  ])()
}

function batch(name: string, type: 'query' | 'mutation', value: unknown, random: Random): Asked {
  const length = random.pick([1, 2, 5, 20, 21, 60])
  const names = Array.from({ length }, (_, n) =>
    n % 3 === 2 ? random.pick([name, 'no.such', '', '__proto__', 'constructor']) : name,
  )
  const input = (n: number) => wire(n % 2 === 0 ? value : mutatedValue(value, random))
  const keys = random.pick([Object.keys(names), ['0'], ['x', '-1', '1e3', '__proto__'], []])
  const text = textOf(Object.fromEntries(keys.map((key, n) => [key, input(n)])))
  return calling(
    names.join(','),
    type,
    random.pick([text, text, textOf([wire(value)])]),
    random.pick(['batch=1', 'batch=1', 'batch=true', 'batch=0', 'batch=1&batch=2']),
  )
}

const ODD_HEADERS: readonly Record<string, string>[] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'application/octet-stream' },
  { 'content-type': 'application/json, text/html' },
  { 'trpc-accept': 'application/jsonl' },
  { accept: 'text/event-stream', 'last-event-id': '[object Object]' },
  { 'content-encoding': 'gzip' },
  { 'x-http-method-override': 'DELETE' },
  { origin: 'null' },
  { origin: 'https://elsewhere.example' },
]

function odd(asked: Asked, name: string, random: Random): Asked {
  return random.pick<() => Asked>([
    () => ({ ...asked, method: random.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) }),
    () => ({ ...asked, headers: { ...asked.headers, ...random.pick(ODD_HEADERS) } }),
    () => ({
      ...asked,
      path: asked.path.replace(
        name,
        random.pick([
          '',
          'a.b.c',
          '__proto__',
          'constructor',
          `${name}.${name}`,
          `${name}%00`,
          '%ff%fe',
          '%',
          name.toUpperCase(),
          `${name}/`,
          '..%2f',
          `${name},`,
          'toString',
        ]),
      ),
    }),
    () => ({
      ...asked,
      path: asked.path.replace(
        'input=',
        random.pick(['input[]=', 'input=1&input=', 'connectionParams=%7B%22a%22&input=', 'connectionParams=null&x=']),
      ),
    }),
  ])()
}
