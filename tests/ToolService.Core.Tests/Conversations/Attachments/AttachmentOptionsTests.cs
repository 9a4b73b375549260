using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Attachments;

namespace ToolService.Core.Tests.Conversations.Attachments;

public class AttachmentOptionsTests
{
    [Fact]
    public void Settings_that_cannot_work_are_named()
    {
        var options = new ConversationOptions { Attachments = new AttachmentOptions { MaxCount = -1, MaxBytes = 0 } };

        Assert.Equal(
            [
                "Chat:Attachments:MaxCount: The field MaxCount must be between 0 and 1000.",
                "Chat:Attachments:MaxBytes: The field MaxBytes must be between 1 and 100000000.",
            ],
            new ConversationOptionsValidation().Validate(null, options).Failures ?? []);
    }
}
