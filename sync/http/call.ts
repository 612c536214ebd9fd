/** What a caller may attach to any request. */
export interface Call {
	signal?: AbortSignal;
	/** Called right before each sending and every ten seconds of waiting; what it throws ends the request. */
	keepAlive?: () => Promise<void>;
}
