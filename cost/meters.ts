/** How Azure's Retail Prices API calls what a key of the price table means: field names are the API's. */
export interface Meter {
  readonly serviceName: string;
  readonly meterName?: string;
  readonly armSkuName?: string;
  readonly productName?: string | RegExp;
  readonly skuName?: string;
  /** Sold under no region, `Global` or a zone rather than the region's own name. */
  readonly worldwide?: true;
  /** `hour` of the table is the API's `1 Hour`. */
  readonly unit: string;
}

type MeterOf = (name: string) => Meter;

const POSTGRES = 'Azure Database for PostgreSQL';
const REDIS: Readonly<Record<string, string>> = {
  Balanced: 'Balanced',
  MemoryOptimized: 'Memory Optimized',
  ComputeOptimized: 'Compute Optimized',
};
const TIERS: Readonly<Record<string, string>> = { D: 'General Purpose', E: 'Memory Optimized' };

/** By the key's first part; what is not here (tokens, egress) the API names in ways that change with every model. */
const METERS: Readonly<Record<string, MeterOf>> = {
  aks: tier => ({
    serviceName: 'Azure Kubernetes Service',
    skuName: 'Standard',
    meterName: tier === 'Premium' ? 'Standard Long Term Support' : 'Standard Uptime SLA',
    unit: '1 Hour',
  }),
  vm: size => ({
    serviceName: 'Virtual Machines',
    armSkuName: size,
    // Linux, and neither spot nor low priority, which have names of their own.
    productName: /^Virtual Machines (?!.*Windows)/,
    meterName: size.replace('Standard_', '').replaceAll('_', ' '),
    unit: '1 Hour',
  }),
  disk: tier => ({
    serviceName: 'Storage',
    productName: 'Premium SSD Managed Disks',
    skuName: `${tier} LRS`,
    meterName: `${tier} LRS Disk`,
    unit: '1/Month',
  }),
  loadBalancer: () => ({
    serviceName: 'Load Balancer',
    skuName: 'Standard',
    meterName: 'Standard Included LB Rules and Outbound Rules',
    worldwide: true,
    unit: '1 Hour',
  }),
  defender: () => ({
    serviceName: 'Microsoft Defender for Cloud',
    productName: 'Microsoft Defender for Containers',
    meterName: 'Standard vCore vCore Pack',
    unit: '1/Hour',
  }),
  postgres: size => {
    if (size === 'storage') {
      return {
        serviceName: POSTGRES,
        skuName: 'Storage',
        meterName: 'Storage Data Stored',
        productName: /Flex/,
        unit: '1 GB/Month',
      };
    }
    if (size.startsWith('B')) {
      return {
        serviceName: POSTGRES,
        productName: /Burstable BS Series/,
        skuName: size.toUpperCase(),
        unit: '1 Hour',
      };
    }
    const product = new RegExp(`Flexible Server ${TIERS[size.charAt(0)]} -? ?${size} Series Compute$`);
    return {
      serviceName: POSTGRES,
      productName: product,
      skuName: 'vCore',
      meterName: 'vCore',
      unit: '1 Hour',
    };
  },
  redis: sku => {
    const [family = '', size = ''] = sku.split('_');
    return {
      serviceName: 'Redis Cache',
      productName: `Azure Managed Redis - ${REDIS[family]}`,
      skuName: size,
      meterName: `${size} Cache Instance`,
      unit: '1 Hour',
    };
  },
  registry: tier => ({
    serviceName: 'Container Registry',
    skuName: tier,
    meterName: `${tier} Registry Unit`,
    unit: '1/Day',
  }),
  natGateway: tier => ({
    serviceName: 'NAT Gateway',
    skuName: tier,
    meterName: `${tier} Gateway`,
    worldwide: true,
    unit: '1 Hour',
  }),
  publicIp: () => ({
    serviceName: 'Virtual Network',
    productName: 'IP Addresses',
    skuName: 'Standard',
    meterName: 'Standard IPv4 Static Public IP',
    unit: '1 Hour',
  }),
  privateEndpoint: () => ({
    serviceName: 'Virtual Network',
    productName: 'Virtual Network Private Link',
    meterName: 'Standard Private Endpoint',
    worldwide: true,
    unit: '1 Hour',
  }),
  privateDnsZone: () => ({
    serviceName: 'Azure DNS',
    skuName: 'Private',
    meterName: 'Private Zone',
    worldwide: true,
    unit: '1',
  }),
  dnsZone: () => ({
    serviceName: 'Azure DNS',
    skuName: 'Public',
    meterName: 'Public Zone',
    worldwide: true,
    unit: '1',
  }),
  alert: kind => ({
    serviceName: 'Azure Monitor',
    skuName: 'Alerts',
    meterName:
      kind === 'metric'
        ? 'Alerts Metric Monitored'
        : `Alerts System Log Monitored at ${kind.replace(/\D/g, '')} Minute Frequency`,
    worldwide: true,
    unit: '1/Month',
  }),
};

const USAGE: Readonly<Record<string, Meter>> = {
  'usage/logs': {
    serviceName: 'Log Analytics',
    skuName: 'Analytics Logs',
    meterName: 'Analytics Logs Data Ingestion',
    unit: '1 GB',
  },
  'usage/keyVault': {
    serviceName: 'Key Vault',
    skuName: 'Standard',
    meterName: 'Operations',
    unit: '10K',
  },
};

/** What to ask the API for; `undefined` for what keeps the table's price. */
export function meterOf(key: string): Meter | undefined {
  const [group = '', name = ''] = key.split('/');
  return USAGE[key] ?? METERS[group]?.(name);
}
