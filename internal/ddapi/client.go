package ddapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/DataDog/datadog-api-client-go/v2/api/datadog"
)

// Config selects the Datadog to connect to, and the keys.
type Config struct {
	APIKey string
	AppKey string
	Site   string // "datadoghq.eu"; empty is datadoghq.com
	// Host overrides Site: a full URL or a bare host. A bare host is used with https unless it is a loopback address.
	Host string
	// AllowHTTP permits sending the keys over unencrypted http to other machines. Without it, http is limited to
	// loopback addresses.
	AllowHTTP  bool
	HTTPClient *http.Client // nil is a client with timeouts; redirects are never followed
	UserAgent  string
	// ReadOnly makes every write fail with ErrReadOnly before it is sent.
	ReadOnly bool
	// Sleep waits between attempts, or until the context is done; nil uses the real clock.
	Sleep func(context.Context, time.Duration) error
	// Jitter returns a random number in [0, 1) for backoff; nil is math/rand/v2.
	Jitter func() float64
	// Deadline limits a call with all its attempts and waits; 0 is 5 minutes.
	Deadline time.Duration
	// Hide removes sensitive values from a string for an error or a trace; nil removes only the keys.
	Hide func(string) string
	// Trace is called after every attempt, in the goroutine that made it; nil for no trace.
	Trace func(Exchange)
}

// ErrReadOnly is the error of every write on a read-only client.
var ErrReadOnly = errors.New("writes are disabled by --read-only or DDMON_READ_ONLY=1")

// Client is a client of one Datadog organization.
type Client struct {
	reporter
	core     *datadog.APIClient
	keys     map[string]datadog.APIKey
	readOnly bool
	sleep    func(context.Context, time.Duration) error
	jitter   func() float64
	deadline time.Duration
	trace    func(Exchange)
	requests atomic.Int64
	gates    keyed[gate] // by budget
	clock    serverClock
	large    semaphore
	lists    keyed[sharedList] // by kind, for kinds that are listed as summaries
}

// attemptTimeout limits one attempt: a page of 1,000 monitors can take Datadog many seconds. defaultDeadline leaves
// time for two of the slowest requests.
const (
	attemptTimeout  = 2 * time.Minute
	defaultDeadline = 5 * time.Minute
)

// New checks the configuration and returns a client. It sends no request.
func New(cfg Config) (*Client, error) {
	if err := errors.Join(checkKey("DD_API_KEY", cfg.APIKey), checkKey("DD_APP_KEY", cfg.AppKey)); err != nil {
		return nil, err
	}
	base, err := baseURL(cfg.Host, cfg.Site)
	if err == nil && !cfg.AllowHTTP {
		err = checkPlainHTTP(base)
	}
	if err != nil {
		return nil, err
	}
	core := datadog.NewConfiguration()
	core.HTTPClient = httpClient(cfg.HTTPClient, strings.HasPrefix(base, "http://") && !cfg.AllowHTTP)
	if cfg.UserAgent != "" {
		core.UserAgent = cfg.UserAgent
	}
	c := &Client{
		core: datadog.NewAPIClient(core), sleep: cfg.Sleep, readOnly: cfg.ReadOnly,
		keys: map[string]datadog.APIKey{
			"apiKeyAuth": {Key: cfg.APIKey},
			"appKeyAuth": {Key: cfg.AppKey},
		},
		reporter: reporter{cleaner{secrets(cfg), []string{cfg.APIKey, cfg.AppKey}, cfg.Hide}, base}, large: make(semaphore, 1),
		jitter: cfg.Jitter, deadline: cmp.Or(cfg.Deadline, defaultDeadline), trace: cfg.Trace,
	}
	if c.sleep == nil {
		c.sleep = Sleep
	}
	if c.jitter == nil {
		c.jitter = rand.Float64
	}
	return c, nil
}

// Requests returns the number of HTTP requests so far, including retries.
func (c *Client) Requests() int { return int(c.requests.Load()) }

// Base returns the base URL of the API, "https://api.datadoghq.com".
func (c *Client) Base() string { return c.base }

// ServerTime returns the Date header of the latest successful response, in UTC. ok is false before the first one. Error
// responses are ignored: they can come from a proxy with another clock.
func (c *Client) ServerTime() (at time.Time, ok bool) {
	if seen := c.clock.seen.Load(); seen != nil {
		return *seen, true
	}
	return time.Time{}, false
}

// Wait waits for d as between attempts, or until the context is done.
func (c *Client) Wait(ctx context.Context, d time.Duration) error { return c.sleep(ctx, d) }

// checkKey rejects keys that cannot be sent as a header. Its errors never contain the key.
func checkKey(variable, key string) error {
	if key == "" {
		return fmt.Errorf("%s is not set", variable)
	}
	for _, r := range key {
		if r <= ' ' || r > '~' {
			return fmt.Errorf("%s contains a space, a line break or another invalid character: set it again", variable)
		}
	}
	return nil
}

// secrets replaces the keys in a string. Shorter values (Datadog's keys have 32 and 40 characters) are placeholders,
// such as the sandbox's, and can be ordinary words in a message.
func secrets(cfg Config) *strings.Replacer {
	const shortest = 8
	var pairs []string
	for _, key := range []string{cfg.APIKey, cfg.AppKey} {
		if len(key) >= shortest {
			pairs = append(pairs, key, "(key)")
		}
	}
	return strings.NewReplacer(pairs...)
}

// Sleep waits for d, or until the context is done. Then it returns the context's error.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
