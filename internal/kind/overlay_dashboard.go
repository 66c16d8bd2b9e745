package kind

// Pages of Datadog's documentation that several fields share.
const (
	docDashboard = "https://docs.datadoghq.com/api/latest/dashboards/#create-a-new-dashboard"
	docWidgets   = "https://docs.datadoghq.com/dashboards/widgets/"
	docTemplate  = "https://docs.datadoghq.com/dashboards/template_variables/"
	docLayout    = "https://docs.datadoghq.com/dashboards/configure/"
	docQuerying  = "https://docs.datadoghq.com/dashboards/querying/"
)

// dashboardOverlay is what is known of dashboards beside the OpenAPI file.
func dashboardOverlay() overlay {
	return overlay{
		added:  dashboardAdded + widgetAdded,
		fields: append(dashboardFacts(), widgetFacts()...),
		values: widgetValues(),
	}
}

// dashboardAdded are keys of responses, and of requests that were accepted, that the file does not have.
const dashboardAdded = `
# FINDINGS dashboards 4: in the summaries of a list
object Dashboard
 deleted_at string nullable readonly

# FINDINGS dashboards 2: "@1" is the first widget
union DashboardTabWidgetID integer string
`

// dashboardFacts are the top-level fields and what is not a widget.
func dashboardFacts() []fact {
	const d, v = "Dashboard", "DashboardTemplateVariable"
	return []fact{
		{schema: d, field: "title", Doc: docDashboard, Note: "Shown above the dashboard and part of its address. Titles need not be unique."},
		{schema: d, field: "description", Default: "", Trim: true, Doc: docDashboard, // FINDINGS dashboards 2; the marker's line takes newlines before it away
			Note: "Text below the title. ddmon keeps its marker in the last line."},
		{schema: d, field: "layout_type", Doc: docLayout, Note: "\"ordered\" (a grid) or \"free\" (every widget has a layout)."},
		{schema: d, field: "reflow_type", Default: "auto", Doc: docLayout, // KEN
			Note: "For an ordered dashboard: \"auto\" places the widgets, with \"fixed\" every widget has a layout."},
		{schema: d, field: "widgets", Doc: docWidgets, Note: "What the dashboard shows; a group holds widgets of its own."},
		{schema: d, field: "template_variables", Doc: docTemplate, Note: "Values to choose above the dashboard; $name in a query."},
		{schema: d, field: "template_variable_presets", Doc: docTemplate, Note: "Named choices of values for the template variables."},
		{schema: d, field: "tags", Set: true, Doc: docDashboard, // FINDINGS dashboards 4
			Note: "At most five, and only with the key team."},
		{schema: d, field: "tabs", Doc: docDashboard, Note: "Groups the widgets in tabs, by their ids; \"@1\" is the first widget."},
		{schema: "DashboardTab", field: "id", Volatile: true, Optional: true},         // FINDINGS dashboards 2
		{schema: "DashboardTab", field: "widget_ids", Type: "[]DashboardTabWidgetID"}, // FINDINGS dashboards 2
		{schema: d, field: "default_timeframe", Doc: docDashboard, Note: "The span of time on opening; null clears it."},
		{schema: d, field: "notify_list", Set: true, Unmanaged: true, Doc: docDashboard, // FINDINGS dashboards 2 (comes back sorted), 3
			Note: "Who is told of changes. Left alone unless written."},
		{schema: d, field: "restricted_roles", Set: true, Unmanaged: true, Doc: docRestrict, // FINDINGS dashboards 2
			Note: "Roles that may edit the dashboard. Left alone unless written."},
		// FINDINGS dashboards 2; KEN READONLY_ATTRIBUTES
		{schema: d, field: "id", ReadOnly: true, Volatile: true, Doc: docDashboard, Note: "Given by Datadog; dashboard.NAME.id refers to it."},
		{schema: d, field: "url", ReadOnly: true, Doc: docDashboard, Note: "The dashboard's page; follows the title."},
		{schema: d, field: "author_handle", ReadOnly: true, Doc: docDashboard, Note: "Who made the dashboard."},
		{schema: d, field: "author_name", ReadOnly: true, Doc: docDashboard, Note: "Who made the dashboard."},
		{schema: d, field: "created_at", ReadOnly: true, Doc: docDashboard, Note: "When the dashboard was made."},
		{schema: d, field: "modified_at", ReadOnly: true, Doc: docDashboard, Note: "When the dashboard was last edited."},
		{schema: d, field: "deleted_at", ReadOnly: true, Doc: docDashboard, Note: "When the dashboard was deleted."},
		{schema: d, field: "experience_type", ReadOnly: true, Doc: docDashboard, Note: "The product that the dashboard belongs to."},
		{schema: d, field: "is_read_only", ReadOnly: true, Use: "a restriction policy", Doc: "https://docs.datadoghq.com/dashboards/guide/is-read-only-deprecation/", // FINDINGS dashboards 2 and errors
			Note: "Refused by Datadog since 2025."},

		{schema: v, field: "name", Doc: docTemplate, Note: "What queries write after the dollar sign."},
		{schema: v, field: "prefix", Doc: docTemplate, Note: "The tag or attribute that the variable chooses values of."},
		{schema: v, field: "defaults", Doc: docTemplate, Note: "The values chosen on opening, at least one. Not beside default."},
		{schema: v, field: "default", Use: "defaults", Doc: docTemplate},
		{schema: v, field: "available_values", Doc: docTemplate, Note: "Which values may be chosen; all if left out."},
		{schema: "DashboardTemplateVariablePresetValue", field: "value", Use: "values", Doc: docTemplate},
	}
}
