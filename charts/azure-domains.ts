/**
 * Azure's own domains: what stays with Azure DNS when a zone above it goes elsewhere. They hold every zone that Private
 * Link uses (https://learn.microsoft.com/azure/private-link/private-endpoint-dns) and every name that AKS and its
 * add-ons call (https://learn.microsoft.com/azure/aks/outbound-rules-control-egress).
 */
export const AZURE_DOMAINS = [
  'applicationinsights.io',
  'azconfig.io',
  'azmk8s.io',
  'aznbcontent.net',
  'azure-api.net',
  'azure-automation.net',
  'azure-devices-provisioning.net',
  'azure-devices.net',
  'azure.com',
  'azure.net',
  'azurecontainerapps.io',
  'azurecr.io',
  'azuredatabricks.net',
  'azureedge.net',
  'azurefd.net',
  'azurehdinsight.net',
  'azurehealthcareapis.com',
  'azureiotcentral.com',
  'azureml.ms',
  'azurestaticapps.net',
  'azuresynapse.net',
  'azurewebsites.net',
  'cloudapp.net',
  'mcr-msedge.net',
  'microsoft.com',
  'microsoftonline.com',
  'signalr.net',
  'trafficmanager.net',
  'visualstudio.com',
  'windows.net',
  'windowsazure.com',
];
