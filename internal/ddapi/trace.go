package ddapi

import "time"

// Exchange is one try of a request and what came of it, for a log. Its texts are clean and hold no key.
type Exchange struct {
	Method string
	Path   string        // with the query, in a form for people
	Status int           // 0 if there was no answer
	Err    string        // empty if it was a success
	Try    int           // from 1
	Wait   time.Duration // until the next try; 0 if there is none
	// Budget is what Datadog calls the rate limit that the request counts against ("post_monitors"), or the method and
	// path where it does not say.
	Budget string
}
