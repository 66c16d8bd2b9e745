package cli

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"

	"ddmon/internal/ddapi"
	"ddmon/internal/routine"
	"ddmon/internal/sandbox"
)

// connection is a client of Datadog or of the sandbox.
type connection struct {
	*ddapi.Client
	name     string // in messages: "the sandbox (.ddmon/sandbox.db)"
	identity string // in saved plans
	// sandbox reports whether this is the embedded sandbox, which has no keys.
	sandbox bool
	app     string // URL of the web application, "https://app.datadoghq.eu"; empty if unknown
	close   func() error
}

// errNoKeys names both ways to connect.
var errNoKeys = errors.New("DD_API_KEY and DD_APP_KEY are not set: set them (and DD_SITE, such as datadoghq.eu, if your site is not " +
	"datadoghq.com) to connect to Datadog, or add --sandbox to use the embedded sandbox, which needs no account")

// connect connects to the Datadog that flags and environment select. It never falls back to the sandbox or vice versa.
func (a *App) connect(ctx context.Context, c *connectFlags) (*connection, error) {
	if c.sandbox || environment(a.Environ).isSet("DDMON_SANDBOX") {
		return a.connectSandbox(ctx, c)
	}
	apiKey, appKey := a.env("DD_API_KEY", "DATADOG_API_KEY"), a.env("DD_APP_KEY", "DATADOG_APP_KEY")
	if apiKey == "" && appKey == "" {
		return nil, errNoKeys
	}
	a.hide.learnKeys(apiKey, appKey)
	client, err := ddapi.New(ddapi.Config{
		APIKey: apiKey, AppKey: appKey, UserAgent: "ddmon/" + version,
		ReadOnly: c.readOnly || a.readOnly(), Sleep: a.Sleep, Trace: a.trace(), Hide: a.hide.answer, Deadline: c.timeout,
		AllowHTTP: environment(a.Environ).isAllowed("DDMON_ALLOW_HTTP"),
		Site:      a.env("DD_SITE", "DATADOG_SITE"), Host: a.env("DD_HOST", "DATADOG_HOST"),
	})
	if err != nil {
		return nil, err
	}
	return &connection{Client: client, name: client.Base(), identity: client.Base(), app: appURL(client.Base()), close: func() error { return nil }}, nil
}

// appURL returns the URL of the web application for an API's URL, as Datadog documents it: app.SITE for sites without a
// subdomain, SITE for the others.
func appURL(api string) string {
	site, ok := strings.CutPrefix(api, "https://api.")
	for _, domain := range []string{"datadoghq.com", "datadoghq.eu", "ddog-gov.com"} {
		switch {
		case ok && site == domain:
			return "https://app." + site
		case ok && strings.HasSuffix(site, "."+domain):
			return "https://" + site
		}
	}
	return ""
}

func (a *App) readOnly() bool {
	return a.flags.readOnly || environment(a.Environ).isSet("DDMON_READ_ONLY")
}

// connectSandbox serves the sandbox on a free loopback port while the command runs, so that the client uses it exactly
// like Datadog.
func (a *App) connectSandbox(ctx context.Context, c *connectFlags) (*connection, error) {
	path := a.sandboxFile()
	server, err := sandbox.Open(path, sandbox.Options{Now: a.Now, LockWait: sandboxLockWait})
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, server.Close())
	}
	web := sandbox.NewHTTPServer(server, false)
	serving := routine.Start(func() error { return web.Serve(listener) })
	// The command has all its responses when it closes the connection, so there is nothing to wait for.
	shutdown := func() error {
		err := web.Close()
		_ = serving.Wait() // its only error is that it was closed
		return errors.Join(err, server.Close())
	}
	client, err := ddapi.New(ddapi.Config{
		APIKey: "sandbox", AppKey: "sandbox", UserAgent: "ddmon/" + version, Host: "http://" + listener.Addr().String(),
		ReadOnly: c.readOnly || a.readOnly(), Sleep: a.Sleep, Trace: a.trace(), Hide: a.hide.answer, Deadline: c.timeout,
		// The sandbox runs in this process, so no proxy.
		HTTPClient: &http.Client{Transport: &http.Transport{Proxy: nil, MaxIdleConnsPerHost: defaultParallel}},
	})
	if err != nil {
		return nil, errors.Join(err, shutdown())
	}
	return &connection{Client: client, name: "the sandbox (" + path + ")", identity: "the sandbox", sandbox: true, close: shutdown}, nil
}
