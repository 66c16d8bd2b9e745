package ddapi

import "time"

// Exchange is one attempt of a request, for a log. Its strings are clean and contain no key.
type Exchange struct {
	Method  string
	Path    string        // with the query, unescaped
	Status  int           // 0 without a response
	Err     string        // empty on success
	Attempt int           // from 1
	Wait    time.Duration // before the next attempt; 0 after the last one
	// Budget is Datadog's name of the rate limit that the request counts against ("post_monitors"), or method and path
	// if Datadog does not send one.
	Budget string
}
