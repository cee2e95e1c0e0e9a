import Link from 'next/link'
import { useZone } from '@/components/hooks/use-zone'
import { OwnTime } from '@/components/time/own-time'
import { Card, CardHeader } from '@/components/ui/card'
import { type Definition, DefinitionList } from '@/components/ui/data/definition-list'
import { routes } from '@/routes'
import type { ShownImport } from '../api-types'
import { sizeWords } from '../import/read-file'

/** Who imported what, when, and into which batch. */
export function ImportFacts({ row }: { row: ShownImport }) {
  return (
    <Card aria-labelledby="import-facts">
      <CardHeader id="import-facts" title="About" aside={useZone()} />
      <DefinitionList items={itemsOf(row)} />
    </Card>
  )
}

const time = (at: Date) => <OwnTime at={at} zoneSaid />

function itemsOf(row: ShownImport): Definition[] {
  return [
    { term: 'Imported by', value: row.byName ?? 'the program' },
    { term: 'File', value: sizeWords(row.size) },
    { term: 'Batch', value: <BatchName row={row} /> },
    { term: 'Accepted', value: time(row.createdAt) },
    ...(row.finishedAt ? [{ term: 'Ended', value: time(row.finishedAt) }] : []),
    ...(row.rollbackUntil ? [{ term: 'Can be rolled back until', value: time(row.rollbackUntil) }] : []),
    ...(row.rollbackAt ? [{ term: 'Rolled back by', value: row.rolledBackByName ?? 'the program' }] : []),
    ...(row.rolledBackAt ? [{ term: 'Rolled back', value: time(row.rolledBackAt) }] : []),
  ]
}

function BatchName({ row: { batchId, batchName, hasBatch, batchRemoved } }: { row: ShownImport }) {
  if (batchId && hasBatch)
    return (
      <Link href={routes.batch(batchId)} className="rounded-small text-accent hover:underline">
        {batchName}
      </Link>
    )
  return <>{batchRemoved || batchId ? `${batchName} (deleted)` : batchName}</>
}
