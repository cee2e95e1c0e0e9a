import { columnsOf } from '@/db/columns'
import { Prisma, type Settings } from '@/db/generated/client'
import { queryOne, type Sql } from '@/db/sql'

/** The installation's settings; the migration made their one row. */
export async function selectSettings(sql: Sql): Promise<Settings> {
  const columns = columnsOf('s', Prisma.SettingsScalarFieldEnum)
  const settings = await queryOne<Settings>(sql)`SELECT ${columns} FROM settings s WHERE s.id = 1`
  if (!settings) throw new Error('The row of settings is missing')
  return settings
}
