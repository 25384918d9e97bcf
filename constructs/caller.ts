import type { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';

/** Whoever applies the stack: a person or a pipeline. */
export type Caller = DataAzurermClientConfig;
