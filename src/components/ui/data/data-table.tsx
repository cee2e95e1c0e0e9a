import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '../class-names'

export type Column<Row> = {
  key: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  /** Figures and times stand right, words left. Default: left for the first column, else right. */
  align?: 'left' | 'right'
  /**
   * Its place on a narrow screen, where a row becomes a card of six columns: `title` and `full` go across without their
   * header, `half` and `third` stand below it, `corner` goes to the top right (a menu), `hidden` is left out.
   * Default: `title` for the first column, else `half`.
   */
  card?: 'title' | 'full' | 'half' | 'third' | 'corner' | 'hidden'
  /** Leaves it out of the card of a row about which it has nothing to say. */
  omit?: (row: Row) => boolean
  /** Where a click on the header leads; `sorted` says which way it now sorts. */
  sortHref?: string
  sorted?: 'ascending' | 'descending' | undefined
  className?: string
}

const spans = {
  title: 'col-span-6',
  full: 'col-span-6',
  half: 'col-span-3',
  third: 'col-span-2',
  corner: 'absolute top-1.5 right-2 sm:static',
  hidden: 'hidden',
}

/**
 * A dense table whose rows become cards below 640 px. Has no state: sorting and pages are links. With `rowHref` the link
 * of the first cell covers the row; other links and buttons in it stay usable.
 */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowHref,
  select,
  empty,
  foot,
  className,
}: {
  /** Names the table for assistive technology. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  rowHref?: (row: Row) => string
  /** A first column, usually of checkboxes. */
  select?: { header: ReactNode; cell: (row: Row) => ReactNode }
  /** Instead of rows, when there are none. */
  empty?: ReactNode
  /** A last row of sums, one cell a column key. */
  foot?: Readonly<Record<string, ReactNode>>
  className?: string
}) {
  if (rows.length === 0 && empty) return <>{empty}</>
  const layout = layoutOf(columns, select !== undefined)
  return (
    // Roles are spelled out: `display` other than the table's own takes them away.
    // biome-ignore-start lint/a11y/noRedundantRoles: see above
    <div className={cn('relative sm:overflow-x-auto', className)}>
      <table role="table" className="block w-full border-collapse text-control sm:table">
        <caption className="sr-only">{caption}</caption>
        <Head layout={layout} select={select?.header} />
        <tbody role="rowgroup" className="block divide-y sm:table-row-group">
          {rows.map((row) => (
            <BodyRow key={rowKey(row)} row={row} layout={layout} href={rowHref?.(row)} select={select?.cell(row)} />
          ))}
        </tbody>
        {foot && <Foot layout={layout} sums={foot} selectable={select !== undefined} />}
      </table>
    </div>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above
  )
}

/** A column with its place among the others: the first is the title of a card, and the outer ones touch the edge. */
type Placed<Row> = { column: Column<Row>; first: boolean; place: keyof typeof spans; style: string }

function layoutOf<Row>(columns: readonly Column<Row>[], selectable: boolean): Placed<Row>[] {
  return columns.map((column, index) => {
    const first = index === 0
    const right = (column.align ?? (first ? 'left' : 'right')) === 'right'
    const edges = cn(first && !selectable && 'sm:pl-[18px]', index === columns.length - 1 && 'sm:pr-[18px]')
    return {
      column,
      first,
      place: column.card ?? (first ? 'title' : 'half'),
      style: cn(right ? 'tabular-nums sm:text-right' : 'text-left', edges),
    }
  })
}

const rowStyle = 'relative grid grid-cols-6 gap-x-3 gap-y-2 px-4 py-3 sm:table-row'

// biome-ignore-start lint/a11y/noRedundantRoles: as in the table
function Head<Row>({ layout, select }: { layout: readonly Placed<Row>[]; select: ReactNode }) {
  return (
    <thead role="rowgroup" className="hidden sm:table-header-group">
      <tr role="row">
        {select !== undefined && (
          <th role="columnheader" scope="col" className="w-px border-b py-1 pr-1 pl-3">
            {select}
          </th>
        )}
        {layout.map(({ column, style }) => (
          <th
            role="columnheader"
            scope="col"
            key={column.key}
            aria-sort={column.sorted}
            className={cn(
              'whitespace-nowrap border-b px-2.5 py-2 font-medium text-caption text-ink-3',
              style,
              column.className,
            )}
          >
            {column.sortHref ? <SortLink column={column} /> : column.header}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function BodyRow<Row>({
  row,
  layout,
  href,
  select,
}: {
  row: Row
  layout: readonly Placed<Row>[]
  href: string | undefined
  select: ReactNode
}) {
  const selectable = select !== undefined
  return (
    <tr role="row" className={cn(rowStyle, selectable && 'pl-12', href && 'transition-colors hover:bg-sunken/50')}>
      {selectable && (
        <td
          role="cell"
          className="absolute top-2.5 left-3 z-10 sm:relative sm:top-0 sm:left-0 sm:w-px sm:py-1 sm:pr-1 sm:pl-3"
        >
          {select}
        </td>
      )}
      {layout.map(({ column, first, place, style }) => (
        <td
          role="cell"
          key={column.key}
          className={cn(
            'min-w-0 sm:table-cell sm:px-2.5 sm:py-[9px] sm:align-middle',
            column.omit?.(row) ? 'hidden' : spans[place],
            style,
            column.className,
          )}
        >
          {!first && <CardLabel place={place}>{column.header}</CardLabel>}
          {first && href ? (
            <Link
              href={href}
              prefetch={false}
              className="row-link block font-medium after:absolute after:inset-0 after:content-['']"
            >
              {column.cell(row)}
            </Link>
          ) : (
            <CellContent raised={href !== undefined}>{column.cell(row)}</CellContent>
          )}
        </td>
      ))}
    </tr>
  )
}

/** The header of a column, inside the card of a row. */
function CardLabel({ place, children }: { place: keyof typeof spans; children: ReactNode }) {
  const quiet = place === 'full' || place === 'corner'
  return <span className={quiet ? 'sr-only sm:hidden' : 'block text-caption text-ink-3 sm:hidden'}>{children}</span>
}

function Foot<Row>({
  layout,
  sums,
  selectable,
}: {
  layout: readonly Placed<Row>[]
  sums: Readonly<Record<string, ReactNode>>
  selectable: boolean
}) {
  return (
    <tfoot role="rowgroup" className="block border-t sm:table-footer-group">
      <tr role="row" className={cn(rowStyle, 'font-semibold', selectable && 'pl-12')}>
        {selectable && <td role="cell" className="hidden sm:table-cell" />}
        {layout.map(({ column, first, place, style }) => (
          <td role="cell" key={column.key} className={cn('sm:table-cell sm:px-2.5 sm:py-[9px]', spans[place], style)}>
            {!first && sums[column.key] !== undefined && (
              <span className="block font-normal text-caption text-ink-3 sm:hidden">{column.header}</span>
            )}
            {sums[column.key]}
          </td>
        ))}
      </tr>
    </tfoot>
  )
}
// biome-ignore-end lint/a11y/noRedundantRoles: as in the table

/** Lifts the links and buttons of a cell, and only those, above the link that covers the row. */
function CellContent({ raised, children }: { raised: boolean; children: ReactNode }) {
  if (!raised) return <>{children}</>
  return <div className="[&_:is(a,button,label)]:relative [&_:is(a,button,label)]:z-10">{children}</div>
}

function SortLink<Row>({ column }: { column: Column<Row> }) {
  return (
    <Link
      href={column.sortHref ?? ''}
      scroll={false}
      prefetch={false}
      className="-my-1 inline-flex min-h-6 items-center gap-1 rounded-small hover:text-ink"
    >
      {column.header}
      <span aria-hidden className={column.sorted ? 'text-ink' : 'opacity-0'}>
        {column.sorted === 'descending' ? '↓' : '↑'}
      </span>
    </Link>
  )
}
