package ddapi

import (
	"cmp"
	"net/url"
	"time"
)

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

// tell tells of the last try.
func (c *Client) tell(e *effort, wait time.Duration) {
	if c.trace == nil {
		return
	}
	x := Exchange{
		Method: e.call.method, Path: c.forPeople(e.call), Status: e.last.status, Try: e.tries, Wait: wait,
		Budget: cmp.Or(c.text(e.last.header.Get("X-RateLimit-Name")), e.call.budget()),
	}
	if e.last.err != nil {
		x.Err = c.text(e.last.err.Error())
	}
	c.trace(x)
}

// forPeople writes path and query without escapes, behind which a key would not be seen.
func (c *Client) forPeople(call call) string {
	path := call.path()
	if len(call.query) > 0 {
		path += "?" + call.query.Encode()
	}
	if readable, err := url.QueryUnescape(path); err == nil {
		path = readable
	}
	return c.text(path)
}
