import { Prisma } from './generated/client'

/** The column of a model's field: `dailyLimit` is `daily_limit`. Names of the schema, never of a request. */
export const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The columns of these fields of the table `alias`, under the fields' names. */
export const columnsOf = (alias: string, fields: Record<string, string>): Prisma.Sql =>
  Prisma.raw(
    Object.keys(fields)
      .map((field) => `${alias}.${columnOf(field)} AS "${field}"`)
      .join(', '),
  )

/** `column = value` for each field that is given; undefined ones stay as they are. */
export const assignmentsOf = (values: Record<string, Prisma.Sql | undefined>): Prisma.Sql[] =>
  Object.entries(values).flatMap(([field, value]) =>
    value ? [Prisma.sql`${Prisma.raw(columnOf(field))} = ${value}`] : [],
  )
