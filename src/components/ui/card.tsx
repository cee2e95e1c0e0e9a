import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './class-names'

/** A surface with a hairline. Cards never hold cards. */
export function Card({ className, ...props }: ComponentProps<'section'>) {
  return <section {...props} className={cn('min-w-0 rounded-card border bg-surface shadow-rest', className)} />
}

/** Title of a card; `aside` stands at the right end: a quiet link ("View as table") or a caption. */
export function CardHeader({
  title,
  icon: Icon,
  iconTone = 'text-ink-2',
  aside,
  id,
  className,
}: {
  title: ReactNode
  icon?: LucideIcon
  /** Text colour of the icon, e.g. `text-held-ink`. */
  iconTone?: string
  aside?: ReactNode
  /** For `aria-labelledby` of the card. */
  id?: string
  className?: string
}) {
  return (
    <div className={cn('flex min-h-[34px] flex-wrap items-center gap-2 px-[18px] pt-3.5', className)}>
      {Icon && <Icon aria-hidden className={cn('size-4 shrink-0', iconTone)} />}
      <h2 id={id} className="min-w-0 flex-auto font-semibold text-control">
        {title}
      </h2>
      {aside && <div className="flex max-w-full flex-wrap items-center gap-2 text-caption text-ink-3">{aside}</div>}
    </div>
  )
}

/** A quiet act at the right end of a card's title: "View as table". */
export function CardAct({ className, ...props }: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...props}
      className={cn('min-h-6 rounded-small font-medium underline-offset-4 hover:text-ink hover:underline', className)}
    />
  )
}

/** The padding of a card's content; tables and lists bring their own. */
export function CardBody({ className, ...props }: ComponentProps<'div'>) {
  return <div {...props} className={cn('px-[18px] pt-2 pb-4 text-control', className)} />
}

/** The last line of a card: actions or a caption above a hairline. */
export function CardFooter({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      {...props}
      className={cn('flex flex-wrap items-center gap-2 border-t px-[18px] py-3 text-control', className)}
    />
  )
}
