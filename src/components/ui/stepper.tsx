import { Check, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { cn } from './class-names'

export type Step = {
  label: string
  href: string
  /** `error`: something in it has to be fixed first. */
  state: 'todo' | 'done' | 'error'
}

/** Steps of a form that can be entered in any order; `current` is the href of the open one. */
export function Stepper({
  label,
  steps,
  current,
  className,
}: {
  label: string
  steps: readonly Step[]
  current: string
  className?: string
}) {
  return (
    <nav aria-label={label} className={cn('-mx-4 relative mb-5 overflow-x-auto px-4 py-1 sm:mx-0 sm:px-0', className)}>
      <ol className="flex min-w-max gap-1.5 text-control">
        {steps.map((step, index) => {
          const open = step.href === current
          return (
            <li key={step.href}>
              <Link
                href={step.href}
                scroll={false}
                aria-current={open ? 'step' : undefined}
                className={cn(
                  'flex min-h-8 items-center gap-2 rounded-full border py-[5px] font-medium pointer-coarse:min-h-10',
                  open
                    ? 'bg-surface pr-3 pl-1.5 text-ink'
                    : 'border-transparent px-1.5 text-ink-2 hover:text-ink sm:pr-3',
                )}
              >
                <span
                  aria-hidden
                  className={cn(
                    'grid size-5 place-items-center rounded-full border text-caption',
                    step.state === 'error' && 'border-transparent bg-failed-soft text-failed-ink',
                    step.state === 'done' && !open && 'border-transparent bg-sent-soft text-sent-ink',
                    step.state !== 'error' && open && 'border-transparent bg-accent text-accent-ink',
                    step.state === 'todo' && !open && 'border-line-strong',
                  )}
                >
                  {step.state === 'error' ? (
                    <TriangleAlert className="size-3" />
                  ) : step.state === 'done' && !open ? (
                    <Check className="size-3" strokeWidth={2.5} />
                  ) : (
                    index + 1
                  )}
                </span>
                <span className={open ? '' : 'sr-only sm:not-sr-only'}>{step.label}</span>
                {step.state === 'error' && <span className="sr-only">: needs attention</span>}
                {step.state === 'done' && <span className="sr-only">: done</span>}
              </Link>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
