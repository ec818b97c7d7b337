# Fills an empty Redmine with one public project and one issue for each line of a file.
# Run with `rails runner redmine_seed.rb ISSUES.jsonl PROJECT`.

require 'json'

BATCH = 1000
path, identifier = ARGV
connection = ActiveRecord::Base.connection
connection.execute('PRAGMA synchronous = OFF')
connection.execute('PRAGMA cache_size = -65536')

Setting.login_required = '0'
anonymous = Role.anonymous
anonymous.add_permission!(:view_issues) unless anonymous.has_permission?(:view_issues)

project = Project.new(name: 'Permits', is_public: true)
project.identifier = identifier
project.enabled_module_names = ['issue_tracking']
project.trackers = []
project.save!

# No status closes an issue, so that the list shows all of them.
statuses = Hash.new do |known, name|
  one = IssueStatus.find_by(name: name) || IssueStatus.new(name: name)
  one.is_closed = false
  one.save!(validate: false)
  known[name] = one.id
end
trackers = Hash.new do |known, name|
  one = Tracker.find_by(name: name) || Tracker.new(name: name, default_status: IssueStatus.first)
  one.save!(validate: false)
  project.trackers << one
  known[name] = one.id
end

author = User.where(admin: true).first.id
priority = (IssuePriority.default || IssuePriority.first).id
begun = Time.utc(2026, 1, 1)
id = 0

ActiveRecord::Base.logger = nil
Issue.transaction do
  File.foreach(path).each_slice(BATCH) do |lines|
    Issue.insert_all!(lines.map do |line|
      issue = JSON.parse(line)
      id += 1
      {
        id: id, root_id: id, lft: 1, rgt: 2, project_id: project.id, author_id: author, priority_id: priority,
        tracker_id: trackers[issue['tracker']], status_id: statuses[issue['status']], subject: issue['subject'],
        description: issue['description'], start_date: issue['start_date'], done_ratio: 0, lock_version: 0,
        is_private: false, created_on: begun + id, updated_on: begun + id
      }
    end)
  end
end
raise "#{Issue.count} issues instead of #{id}" unless Issue.count == id
