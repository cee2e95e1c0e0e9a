'use client'

import { type ReactNode, useId, useState } from 'react'
import { Card, CardAct, CardHeader } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data/data-table'
import { download } from '@/components/ui/data/download'
import { formatCount } from '@/components/ui/numbers'
import { csvFile } from '@/domain/lead/csv-export'

export type ChartTable = { header: readonly string[]; rows: readonly (readonly (string | number)[])[] }

/** A chart that can be read as a table and taken away as a CSV file. */
export function ChartCard({
  title,
  table,
  fileName,
  children,
}: {
  title: string
  table: ChartTable
  /** Without its ending. */
  fileName: string
  children: ReactNode
}) {
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  return (
    <Card aria-labelledby={id}>
      <CardHeader
        id={id}
        title={title}
        aside={
          <span className="flex gap-3">
            <CardAct onClick={() => setAsTable(!asTable)}>{asTable ? 'View as chart' : 'View as table'}</CardAct>
            <CardAct
              aria-label={`${title}: download as CSV`}
              onClick={() => download(csvFile(table.header, table.rows), `${fileName}.csv`)}
            >
              CSV
            </CardAct>
          </span>
        }
      />
      {asTable ? (
        <DataTable<ChartTable['rows'][number]>
          caption={title}
          className="mt-1.5"
          rows={table.rows}
          rowKey={(row) => String(row[0])}
          columns={table.header.map((header, at) => ({
            key: header,
            header,
            cell: (row) => {
              const value = row[at] ?? ''
              return typeof value === 'number' ? formatCount(value) : value
            },
          }))}
        />
      ) : (
        children
      )}
    </Card>
  )
}
