import { z } from 'zod'
import { DAY_MS } from '@/domain/time/duration'
import type { Random } from '../support/random'

/** Ids of rows that exist, by what they are of: "campaign", "lead". */
export type Pool = Readonly<Record<string, readonly string[]>>

type Schema = Readonly<Record<string, unknown>> & {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  format?: string
  minimum?: number
  maximum?: number
  minItems?: number
  additionalProperties?: Schema | boolean
}

/** What a field of this name holds in a request that is meant well. Others get a few words, or what their schema names. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  email: 'nora@customer.example',
  fromEmail: 'nora@nexa.example',
  replyTo: 'nora@nexa.example',
  address: 'nora@nexa.example',
  aliases: ['nora.b@nexa.example'],
  to: 'nora@customer.example',
  value: 'gone@elsewhere.example',
  regionCode: 'DE',
  website: 'https://customer.example',
  smtpHost: '127.0.0.1',
  imapHost: '127.0.0.1',
  greetingName: 'mail.nexa.example',
  timezone: 'Europe/Berlin',
  defaultTimezone: 'Europe/Berlin',
  holidays: ['2027-01-01'],
  text: 'email,company\nnora1@customer.example,Nora Ltd\nnora2@customer.example,Nora & Co\n',
  subject: 'A word for {{ company_name }}',
  bodyText: 'Hello {{ first_name | default: "there" }}, a few words.',
  bodyHtml: '<p>Hello {{ first_name | default: "there" }}</p>',
  customFields: { size: '20' },
  mapping: ['email', 'company_name'],
  password: 'a few words do well',
  windowStartMinute: 540,
  windowEndMinute: 1_020,
}

/** The schema of an input as JSON Schema, with dates marked. */
export const schemaOf = (input: z.core.$ZodType): Schema =>
  z.toJSONSchema(input, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') jsonSchema.type = 'date' as 'string'
    },
  }) as Schema

/** An input that the schema allows. `noun`: what a field "id" is of; `fill`: how many optional fields it has, in %. */
export function sampleOf(
  schema: Schema,
  random: Random,
  { pool, noun, name = '', fill = 50 }: { pool: Pool; noun: string; name?: string; fill?: number },
): unknown {
  const into = (one: Schema, as = name) => sampleOf(one, random, { pool, noun, name: as, fill })
  if ('const' in schema) return schema.const
  if (schema.enum) return random.pick(schema.enum)
  if (schema.format === 'uuid') return random.pick(pool[entityOf(name, noun)] ?? Object.values(pool).flat())
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return into(random.pick(choices.filter(({ type }) => type !== 'null' || random.int(0, 3) === 0)))
  if (/(At|Date)$|^until$/.test(name)) return new Date(Date.now() + random.int(1, 90) * DAY_MS)
  if (name in BY_NAME && isOfType(BY_NAME[name], schema)) return BY_NAME[name]
  if (schema.format === 'date') return '2027-01-01'
  if (schema.format === 'uri') return 'https://elsewhere.example'
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => into(one)))
  switch (schema.type) {
    case 'object':
      return objectOf(schema, random, { fill, into })
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, random.int(0, 2)) }, () => into(schema.items ?? {}))
    case 'boolean':
      return random.int(0, 1) === 0
    case 'integer':
    case 'number':
      return random.int(schema.minimum ?? 1, Math.min(schema.maximum ?? 50, (schema.minimum ?? 1) + 50))
    case 'null':
      return null
    case 'date':
      return new Date(Date.now() + random.int(1, 90) * DAY_MS)
    case 'string':
      return `Some words ${random.int(1, 99)}`
    default:
      return random.pick(['Some words', 7, null])
  }
}

const isOfType = (value: unknown, { type }: Schema) =>
  type === undefined || (type === 'integer' ? 'number' : type) === (Array.isArray(value) ? 'array' : typeof value)

function objectOf(
  schema: Schema,
  random: Random,
  { fill, into }: { fill: number; into: (one: Schema, as: string) => unknown },
): Record<string, unknown> {
  if (schema.properties === undefined) return {}
  const required = new Set(schema.required)
  const entries = Object.entries(schema.properties).filter(([name]) => required.has(name) || random.int(1, 100) <= fill)
  return Object.fromEntries(entries.map(([name, one]) => [name, into(one, name)]))
}

/** "campaignId" and "campaignIds" are of campaigns; "id" and "ids" of what the procedure is about. */
const entityOf = (name: string, noun: string) =>
  name
    .replace(/^(add|remove)(?=.)/, '')
    .replace(/Ids?$/, '')
    .toLowerCase()
    .replace(/^(ids?|after|before|)$/, noun)
