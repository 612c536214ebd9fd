const { writeFileSync } = require('node:fs');

/** A reporter for jest that writes three numbers to the file named by ENTRA_SYNC_TEST_COUNTS. */
module.exports = class CountTests {
	onRunComplete(_contexts, results) {
		const counts = {
			passed: results.numPassedTests,
			// A file that could not even be loaded counts as one test that failed.
			failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
			skipped: results.numPendingTests + results.numTodoTests,
		};
		writeFileSync(process.env.ENTRA_SYNC_TEST_COUNTS, JSON.stringify(counts));
	}
};
