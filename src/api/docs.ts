interface Operation {
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { content?: Record<string, { schema?: unknown }> };
  responses?: Record<string, { description: string; content?: Record<string, { schema?: unknown }> }>;
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const block = (title: string, schema: unknown): string => (schema ? `<details><summary>${escape(title)}</summary><pre>${escape(JSON.stringify(schema, null, 2))}</pre></details>` : "");

/** The API description as one plain page, readable without scripts. */
export function docsPage(document: { info: { title: string; version: string }; paths?: object }): string {
  const operations = Object.entries((document.paths ?? {}) as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
  const sections = operations.map(({ path, method, operation }) => `<section><h2><code>${method.toUpperCase()} ${escape(path)}</code></h2>
<p>${escape(operation.summary ?? "")}<br><small>${escape(operation.description ?? "")}</small></p>
${operation.parameters?.length ? `<p>Parameters: ${operation.parameters.map((each) => `<code>${escape(each.name)}</code> (${each.in}${each.required ? ", required" : ""})`).join(", ")}</p>` : ""}
${block("Body", operation.requestBody?.content?.["application/json"]?.schema)}
${Object.entries(operation.responses ?? {}).map(([status, response]) => block(`${status} ${response.description}`, Object.values(response.content ?? {})[0]?.schema)).join("")}</section>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(document.info.title)} API</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#16202c}h2{font-size:1rem;margin-top:2rem;border-top:1px solid #c9d2dc;padding-top:1rem}pre{overflow:auto;background:#f4f6f9;padding:1rem}summary{cursor:pointer;color:#0b4ea2}</style></head>
<body><main><h1>${escape(document.info.title)} API ${escape(document.info.version)}</h1><p>Base address <code>/api/v1</code>; machine-readable: <a href="openapi.json">openapi.json</a></p>${sections.join("")}</main></body></html>`;
}
