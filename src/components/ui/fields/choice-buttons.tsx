import { Button } from '../button'

/** A choice among few, each a small button that stays pressed. */
export function ChoiceButtons<Value extends string | number>({
  legend,
  options,
  value,
  onChange,
}: {
  /** For assistive technology. */
  legend: string
  options: readonly { value: Value; label: string }[]
  value: Value
  onChange: (value: Value) => void
}) {
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">{legend}</legend>
      {options.map((one) => (
        <Button
          key={one.value}
          size="sm"
          variant={one.value === value ? 'secondary' : 'ghost'}
          aria-pressed={one.value === value}
          onClick={() => onChange(one.value)}
        >
          {one.label}
        </Button>
      ))}
    </fieldset>
  )
}
