import { GraphFailure } from '../graphFailure';

/**
 * What the subscriptions service refuses. Texts from public threads that quote them: validation
 * splunk/azure-functions-splunk #26, microsoftgraph/nodejs-webhooks-sample #350, microsoftgraph/java-spring-webhooks-sample
 * #82; not found microsoftgraph/msgraph-sdk-php #221; expiration quoted in several repositories with other maxima. The
 * texts of `requestInvalid` and `quotaReached` are ours.
 */
export const requestInvalid = (message: string) => new GraphFailure(400, 'InvalidRequest', message);
export const expirationTooFar = (minutes: number) =>
	new GraphFailure(400, 'ExtensionError', `Subscription expiration can only be ${minutes} minutes in the future.`);
export const validationFailed = () =>
	new GraphFailure(
		400,
		'ValidationError',
		'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.',
	);
export const validationTimedOut = () => new GraphFailure(400, 'ValidationError', 'Subscription validation request timed out.');
export const validationMismatch = () =>
	new GraphFailure(400, 'ValidationError', 'Subscription validation request failed. Response must exactly match validationToken query parameter.');
export const subscriptionNotFound = () => new GraphFailure(404, 'ResourceNotFound', 'The object was not found.');
export const quotaReached = (scope: string, limit: number) =>
	new GraphFailure(403, 'Forbidden', `The ${scope} has reached its limit of ${limit} subscriptions.`);
