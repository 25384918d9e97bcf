/**
 * What PostgreSQL Flexible Server offers by SKU. Source: learn.microsoft.com/azure/postgresql, "Limits" (table of
 * maximum connections), as of 2025-12; Azure derives the default from the memory.
 */
const CONNECTIONS: readonly (readonly [gibibytes: number, total: number])[] = [
  [2, 50],
  [4, 429],
  [8, 859],
  [16, 1718],
  [32, 3437],
  [Number.POSITIVE_INFINITY, 5000],
];

/** Azure keeps these for replication and monitoring: B1ms has 50, and 35 for users. */
const RESERVED_BY_AZURE = 15;

/** Memory of the burstable sizes, which do not say it in their names. */
const BURSTABLE: Readonly<Record<string, number>> = {
  B1ms: 2,
  B2s: 4,
  B2ms: 8,
  B4ms: 16,
  B8ms: 32,
  B12ms: 48,
  B16ms: 64,
  B20ms: 80,
};

/** Connections that users can open; undefined for a SKU that the table does not know. */
export function userConnections(sku: string): number | undefined {
  const memory = memoryOf(sku);
  const total = CONNECTIONS.find(([gibibytes]) => memory !== undefined && memory <= gibibytes)?.[1];
  return total === undefined ? undefined : total - RESERVED_BY_AZURE;
}

/** GiB: four for each vCPU of a D, eight of an E. */
function memoryOf(sku: string): number | undefined {
  const size = sku.replace(/^.*_Standard_/, '');
  const [, family, vcpus] = /^([DE])(\d+)[a-z]*_v\d+$/i.exec(size) ?? [];
  return family ? Number(vcpus) * (family === 'D' ? 4 : 8) : BURSTABLE[size];
}

/** Whose processors a SKU has, and of which generation; undefined for burstable ones, which say neither. */
export function processorOf(sku: string): { maker: 'amd' | 'intel'; generation: number } | undefined {
  const [, features, generation] = /_[DE]\d+([a-z]*)_v(\d+)$/i.exec(sku) ?? [];
  if (features === undefined) return undefined;
  return { maker: features.startsWith('a') ? 'amd' : 'intel', generation: Number(generation) };
}
