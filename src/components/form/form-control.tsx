import { clsx } from "clsx";
import { TextField } from "@/components/ui/field";
import type { FormField } from "./form-state";

const CONTROL = "w-full rounded-base border border-line-strong bg-surface px-3 min-h-11 aria-[invalid=true]:border-bad disabled:bg-canvas disabled:text-ink-soft";

const FIXED = "border-line! bg-canvas! text-ink-soft";

interface ControlProps {
  field: FormField;
  value: string | readonly string[] | undefined;
  error?: string | undefined;
  /** The newer value that somebody else saved. */
  latest?: string | undefined;
  noChoice: string;
  disabled?: boolean;
}

const one = (value: ControlProps["value"]): string => (typeof value === "string" ? value : (value ?? []).join("\n"));

/** One labelled control with hint, error and the newer value of somebody else. */
export function FormControl(props: ControlProps) {
  const { field, error, latest } = props;
  const body = field.fixed && field.kind === "choice" ? <Settled {...props} /> : field.kind === "choices" ? <Boxes {...props} /> : field.kind === "flag" ? <Flag {...props} /> : <Single {...props} />;
  return (
    <div className={clsx(field.wide && "md:col-span-2")} data-field={field.name} data-invalid={error ? true : undefined}>
      {body}
      {latest === undefined ? null : <p className="mt-1 rounded-base bg-warn-soft px-3 py-1 text-sm text-warn">{latest}</p>}
    </div>
  );
}

const describe = (name: string, hint: string | undefined, error: string | undefined) => ({
  "aria-invalid": error ? (true as const) : undefined,
  "aria-describedby": clsx(hint && `${name}-hint`, error && `${name}-error`) || undefined,
});

/** A choice that this person cannot make: its text. The server takes the value from the record. */
function Settled({ field, value }: ControlProps) {
  return <TextField id={field.name} label={field.label} hint={field.hint} readOnly value={field.options?.find((option) => option.value === one(value))?.label ?? one(value)} className={FIXED} />;
}

function Single({ field, value, error, noChoice, disabled }: ControlProps) {
  const { name, label, required, maxLength } = field;
  const hint = [field.hint, field.unit].filter(Boolean).join(" · ") || undefined;
  const common = { id: name, name, defaultValue: one(value), required: required && !field.fixed, disabled };
  if (field.kind === "text" || field.kind === "number" || field.kind === "date" || field.kind === "datetime" || field.kind === "secret") {
    const type = field.kind === "datetime" ? "datetime-local" : field.kind === "date" ? "date" : field.kind === "secret" ? "password" : "text";
    // Numbers are typed as text: a wheel or arrow key never changes them unseen, and the server says what is wrong with them.
    return (
      <TextField {...common} label={label} hint={hint} error={error} type={type} maxLength={maxLength} readOnly={field.fixed} aria-readonly={field.fixed}
        inputMode={field.kind === "number" ? "decimal" : undefined} autoComplete={field.autoComplete ?? (field.kind === "secret" ? "new-password" : "off")} spellCheck={false}
        className={clsx(field.kind === "number" && "max-w-40 text-right", (field.kind === "datetime" || field.kind === "date") && "max-w-64", field.fixed && FIXED)} />
    );
  }
  const described = describe(name, hint, error);
  return (
    <div data-slot="field" className="flex flex-col gap-1">
      <label htmlFor={name} className="font-medium">{label}{required ? <span aria-hidden className="text-bad"> *</span> : null}</label>
      {hint ? <p id={`${name}-hint`} className="text-sm text-ink-soft">{hint}</p> : null}
      {field.kind === "choice" ? (
        <select {...common} {...described} className={CONTROL}>
          {required && one(value) !== "" ? null : <option value="">{noChoice}</option>}
          {field.options?.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
        </select>
      ) : (
        <textarea {...common} {...described} rows={field.kind === "tags" ? 4 : 3} maxLength={maxLength} readOnly={field.fixed} className={clsx(CONTROL, "py-2", field.fixed && FIXED)} />
      )}
      {error ? <p id={`${name}-error`} className="text-sm text-bad">{error}</p> : null}
    </div>
  );
}

function Flag({ field, value, error, disabled }: ControlProps) {
  const { name, label, hint } = field;
  return (
    <div data-slot="field" className="flex flex-col gap-1">
      <div className="flex min-h-11 items-center gap-3">
        <input id={name} name={name} type="checkbox" value="1" defaultChecked={one(value) === "1"} disabled={disabled || field.fixed} {...describe(name, hint, error)} className="size-5 accent-brand" />
        <label htmlFor={name} className="font-medium">{label}</label>
      </div>
      {hint ? <p id={`${name}-hint`} className="text-sm text-ink-soft">{hint}</p> : null}
      {error ? <p id={`${name}-error`} className="text-sm text-bad">{error}</p> : null}
    </div>
  );
}

function Boxes({ field, value, error, disabled }: ControlProps) {
  const { name, label, hint, options = [] } = field;
  const chosen = new Set(typeof value === "string" ? [value] : (value ?? []));
  return (
    <fieldset data-slot="field" id={name} tabIndex={-1} disabled={disabled} {...describe(name, hint, error)} className="flex flex-col gap-1">
      <legend className="font-medium">{label}</legend>
      {hint ? <p id={`${name}-hint`} className="text-sm text-ink-soft">{hint}</p> : null}
      <div className="grid grid-cols-1 gap-x-4 rounded-base border border-line bg-surface px-3 py-1 sm:grid-cols-2 lg:grid-cols-3">
        {options.map((option) => (
          <label key={option.value} className="flex min-h-9 items-center gap-2 text-sm">
            <input type="checkbox" name={name} value={option.value} defaultChecked={chosen.has(option.value)} className="size-4 shrink-0 accent-brand" />{option.label}
          </label>
        ))}
      </div>
      {error ? <p id={`${name}-error`} className="text-sm text-bad">{error}</p> : null}
    </fieldset>
  );
}
