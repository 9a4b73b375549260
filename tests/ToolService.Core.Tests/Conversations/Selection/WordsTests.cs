using ToolService.Core.Conversations.Selection.Text;

namespace ToolService.Core.Tests.Conversations.Selection;

public class WordsTests
{
    [Theory]
    [InlineData("get_weather-now.today", "get weather now today")]
    [InlineData("getUserID", "get user id getuserid")]
    [InlineData("HTTPServer GitHub", "http server httpserver git hub github")]
    [InlineData("it costs 12,50 in 2024", "it costs in")]
    [InlineData("mp3 base64", "mp3 base64")]
    [InlineData("Größe où naïve", "grosse ou naive")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("Привет, МИР", "привет мир")]
    [InlineData("天气预报", "天气 气预 预报")]
    [InlineData("天 get", "天 get")]
    [InlineData("用get天气", "用 get 天气")]
    [InlineData("東京の天気", "東京 京の の天 天気")]
    [InlineData("날씨", "날씨")]
    [InlineData("อากาศ", "อา าก กา าศ")]
    [InlineData("नमस्ते", "नमस्ते")]
    [InlineData("a\ud800b \udc00", "a b")]
    [InlineData("", "")]
    public void Text_becomes_words(string text, string words) => Assert.Equal(words, string.Join(' ', Words.In(text)));

    [Fact]
    public void Encoded_data_is_no_word() => Assert.Equal(["and", "then"], Words.In($"and {new string('a', 65)} then"));

    [Theory]
    [InlineData("city", "cities")]
    [InlineData("calculate", "calculating", "calculation", "calculator", "calculated", "calculates")]
    [InlineData("convert", "converts", "converter", "converting", "converted")]
    [InlineData("plan", "planning", "plans", "planned")]
    [InlineData("address", "addresses")]
    [InlineData("currency", "currencies")]
    [InlineData("price", "prices")]
    [InlineData("search", "searches", "searching")]
    public void Forms_of_a_word_have_one_stem(string word, params string[] forms) =>
        Assert.All(forms, form => Assert.Equal(Stemmer.Stem(word), Stemmer.Stem(form)));

    [Theory]
    [InlineData("gas")]
    [InlineData("status")]
    [InlineData("preços")]
    [InlineData("天气")]
    [InlineData("mp3")]
    public void Word_without_such_an_ending_stays(string word) => Assert.Equal(word, Stemmer.Stem(word));
}
