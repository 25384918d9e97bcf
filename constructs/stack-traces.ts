import stackTrace = require('cdktf/lib/tokens/private/stack-trace');

/**
 * cdktf keeps the whole stack of whatever creates a token, for messages that we never saw: a quarter of a synth
 * (hashicorp/terraform-cdk#3892). Errors keep their stacks.
 */
Object.assign(stackTrace, { captureStackTrace: () => [] });
